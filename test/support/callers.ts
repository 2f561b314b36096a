// Who makes calls in tests: the stand-in's users.
import type { Caller } from '../../src/api/caller.ts';

export const ADMIN: Caller = { userId: '61000001', email: 'admin@example.com' };
export const REP: Caller = { userId: '61000101', email: 'maya.okafor@example.com' };
