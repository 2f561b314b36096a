// Why something was not written, or a record not synced: one catalogue for rep and admin. A reason is a
// code with details; the sentences are made from both, here and nowhere else. The categories are those of
// the native Sync Health page (native-connector §10.2), with `limits`, `policy` and `waiting` beside them.
// The sentences are in `reasons/`: of records, of fields, of what the CRMs answer, of what people did.
import { ANSWER_REASONS } from './reasons/answers.ts';
import { FIELD_REASONS } from './reasons/fields.ts';
import { PEOPLE_REASONS } from './reasons/people.ts';
import { RECORD_REASONS } from './reasons/records.ts';
import type { ReasonCategory, ReasonText } from './reasons/text.ts';

export type { ReasonCategory } from './reasons/text.ts';

const CATALOGUE = { ...RECORD_REASONS, ...FIELD_REASONS, ...ANSWER_REASONS, ...PEOPLE_REASONS };

export type ReasonCode = keyof typeof CATALOGUE;

export const REASONS: Readonly<Record<ReasonCode, ReasonText>> = CATALOGUE;

export interface Reason {
  readonly code: ReasonCode;
  /** Names and values the sentences mention. */
  readonly details: Readonly<Record<string, string>>;
}

/** The names in braces of a text. */
type NamesIn<Text> = Text extends `${string}{${infer Name}}${infer Rest}`
  ? Name | NamesIn<Rest>
  : never;
type Named<Code extends ReasonCode> = NamesIn<(typeof CATALOGUE)[Code]['sentence' | 'fix']>;

/** Everything the sentences of a code mention has to be there; more is allowed, for the record. */
type Details<Code extends ReasonCode> = Readonly<Record<Named<Code>, string>> &
  Readonly<Record<string, string>>;

/** Which details a code needs is only known where the code is: any code takes any details. */
type DetailsOf<Code extends ReasonCode> = ReasonCode extends Code
  ? [details?: Readonly<Record<string, string>>]
  : [Named<Code>] extends [never]
    ? [details?: Readonly<Record<string, string>>]
    : [details: Details<Code>];

/**
 * A reason with what its sentences mention.
 * @example reason('KEPT_APART', { object: 'Lead', id: '00Q…' })
 */
export function reason<Code extends ReasonCode>(code: Code, ...[details]: DetailsOf<Code>): Reason {
  return { code, details: details ?? {} };
}

function filledIn(text: string, details: Readonly<Record<string, string>>): string {
  return text.replaceAll(/\{(\w+)\}/g, (_, name: string) => details[name] ?? '?');
}

/** The reason in words: a sentence for the rep, and what the admin can do. */
export function explain(why: Reason): {
  sentence: string;
  fix: string | null;
  category: ReasonCategory;
} {
  const { category, sentence, fix } = REASONS[why.code];
  return {
    category,
    sentence: filledIn(sentence, why.details),
    fix: fix === null ? null : filledIn(fix, why.details),
  };
}
