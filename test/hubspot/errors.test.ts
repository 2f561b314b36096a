import { describe, expect, it } from 'vitest';
import { RateLimited, Unavailable } from '../../src/engine/failures.ts';
import { errorBodySchema, lostChunk, recordErrorOf } from '../../src/hubspot/errors.ts';

const invalid = (...values: { error: string; name: string; message: string }[]) => ({
  status: 'error',
  category: 'VALIDATION_ERROR',
  message: `Property values were not valid: ${JSON.stringify(
    values.map((value) => ({ isValid: false, ...value })),
  )}`,
});
const errorOf = (body: unknown) => recordErrorOf(errorBodySchema.parse(body));

describe('What HubSpot says about one record (hubspot-api §2.6)', () => {
  it('names the property in JSON inside the message', () => {
    const message = 'Email address bcooper@example.con is invalid';
    expect(errorOf(invalid({ error: 'INVALID_EMAIL', name: 'email', message }))).toEqual({
      code: 'INVALID_EMAIL',
      message,
      fields: ['email'],
      existingId: null,
      retryable: false,
    });
  });

  it('keeps errors of one kind together and leaves other kinds for the next try', () => {
    const state = { error: 'INVALID_OPTION', name: 'state', message: 'no such state' };
    const country = { error: 'INVALID_OPTION', name: 'country', message: 'no such country' };
    const email = { error: 'INVALID_EMAIL', name: 'email', message: 'no such e-mail' };
    expect(errorOf(invalid(state, email, country))).toMatchObject({
      code: 'INVALID_OPTION',
      message: 'no such state no such country',
      fields: ['state', 'country'],
    });
  });

  it.each([
    ['{', 'Property values were not valid: [{"isValid":fal'],
    ['another shape', 'Property values were not valid: [{"reason":"x"}]'],
  ])('survives JSON that is cut short or of %s', (_, message) => {
    expect(errorOf({ category: 'VALIDATION_ERROR', message })).toMatchObject({
      code: 'VALIDATION_ERROR',
      message,
      fields: [],
    });
  });

  it('names the property in `errors` when the message has none', () => {
    const body = {
      category: 'VALIDATION_ERROR',
      message: 'Some properties are required',
      errors: [
        { code: 'REQUIRED', message: 'x is required', context: { propertyName: ['x'] } },
        { message: 'something else' },
      ],
    };
    expect(errorOf(body)).toMatchObject({ code: 'REQUIRED', fields: ['x'] });
  });

  it.each([
    ['Contact already exists. Existing ID: 3401', '3401', []],
    ['Contact already exists', null, []],
    [
      'Cannot set PropertyValueCoordinates{portalId=1, propertyName=member_no, value=7} on 12. 34 already has that value.',
      '34',
      ['member_no'],
    ],
  ])('finds who is in the way: %s', (message, existingId, fields) => {
    expect(errorOf({ category: 'CONFLICT', message })).toEqual({
      code: 'CONFLICT',
      message,
      fields,
      existingId,
      retryable: false,
    });
  });

  it('finds who has a unique value among the invalid ones', () => {
    const message = '34 already has that value.';
    const body = invalid({ error: 'CONFLICTING_UNIQUE_VALUE', name: 'member_no', message });
    expect(errorOf(body)).toEqual({
      code: 'CONFLICT',
      message: body.message,
      fields: ['member_no'],
      existingId: '34',
      retryable: false,
    });
  });

  it('finds who is in the way in the context of a batch', () => {
    const body = {
      category: 'CONFLICT',
      message: 'Contact already exists',
      context: { existingId: ['3401'], objectWriteTraceId: ['7'] },
    };
    expect(errorOf(body)).toMatchObject({ code: 'CONFLICT', existingId: '3401' });
  });

  it.each([
    ['INTERNAL_ERROR', true],
    ['RATE_LIMITS', true],
    ['OBJECT_NOT_FOUND', false],
  ])('%s is worth another try: %s', (category, retryable) => {
    expect(errorOf({ category, message: '' })).toMatchObject({ code: category, retryable });
  });
});

it.each([
  [new RateLimited('HubSpot', 'slow down', 1_000), 'RATE_LIMITED'],
  [new Unavailable('HubSpot', 'down'), 'UNAVAILABLE'],
])('A batch that failed as a whole is worth another try: %s', (failure, code) => {
  expect(lostChunk(failure)).toMatchObject({ code, message: failure.message, retryable: true });
});
