// The scopes that the Connection tab checks are those of the app's manifest, and each is explained in docs/security.md.
import { readFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import { expect, it } from 'vitest';
import { z } from 'zod';
import { SCOPES } from '../../src/hubspot/scopes.ts';

const ROOT = resolve(import.meta.dirname, '../..');
const manifestSchema = z.object({
  config: z.object({
    auth: z.object({
      requiredScopes: z.array(z.string()),
      optionalScopes: z.array(z.string()),
    }),
  }),
});

it('names each scope of the manifest, needed or optional as there, and so does docs/security.md', async () => {
  const manifest = await readFile(resolve(ROOT, 'app/app-hsmeta.json'), 'utf8');
  const { requiredScopes, optionalScopes } = manifestSchema.parse(JSON.parse(manifest)).config.auth;
  const named = (isOptional: boolean) =>
    SCOPES.filter((scope) => scope.isOptional === isOptional).map(({ name }) => name);
  expect(named(false).sort()).toEqual([...requiredScopes].sort());
  expect(named(true).sort()).toEqual([...optionalScopes].sort());
  const security = await readFile(resolve(ROOT, 'docs/security.md'), 'utf8');
  for (const { name } of SCOPES) expect(security).toContain(`| \`${name}\``);
});
