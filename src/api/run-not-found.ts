// What is said of a run that doesn't exist, wherever its number was given.
import { ApiFailure } from './failure.ts';

export const runNotFound = (id: string, field = 'id'): ApiFailure =>
  new ApiFailure({
    code: 'RUN_NOT_FOUND',
    message: `There is no run ${id}.`,
    fix: 'Look at the list of runs for its number.',
    field,
  });
