import type { ApiError } from './contract.ts';

/** An expected failure of a call: reaches the user as it is. */
export class ApiFailure extends Error {
  readonly error: ApiError;
  constructor(error: ApiError) {
    super(error.message);
    this.name = 'ApiFailure';
    this.error = error;
  }
}
