// The HubSpot project as it lies in the repository, and what `hs project upload` would take of it.
import { readdirSync, readFileSync } from 'node:fs';
import { basename, join, relative } from 'node:path';
import { walk } from '@hubspot/local-dev-lib/fs';
import { shouldIgnoreFile } from '@hubspot/local-dev-lib/ignoreRules';
import { z } from 'zod';

export const PROJECT = join(import.meta.dirname, '../../..');

export const readJson = (path: string): unknown =>
  JSON.parse(readFileSync(join(PROJECT, path), 'utf8'));

/** The profile that the project ships, with which HubSpot's CLI fills in `${…}`. */
export const PROFILE = 'production';

const profileSchema = z.strictObject({
  accountId: z.int().positive(),
  variables: z.record(z.string(), z.union([z.string(), z.number(), z.boolean()])),
});

export const profile = () => profileSchema.parse(readJson(`hsprofile.${PROFILE}.json`));

/** A metadata file's value with the profile's variables in it, as HubSpot's parser puts them there. */
export function withVariables(value: unknown): unknown {
  const { variables } = profile();
  return JSON.parse(
    JSON.stringify(value).replaceAll(/\$\{(\w+)\}/g, (_, name: string) => {
      const found = variables[name];
      if (found === undefined) throw new Error(`the profile has no ${name}`);
      return String(found);
    }),
  );
}

/** The functions that the project declares. */
export const functionNames = (): string[] =>
  readdirSync(join(PROJECT, 'app/functions'))
    .filter((name) => name.endsWith('-hsmeta.json'))
    .map((name) => basename(name, '-hsmeta.json'));

/** All metadata files under app/, from the project's root. */
export const metadataFiles = (): string[] =>
  readdirSync(join(PROJECT, 'app'), { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('-hsmeta.json') && !name.includes('node_modules'))
    .map((name) => join('app', name))
    .toSorted();

/**
 * Whether an upload would hold a file, by HubSpot's own rules: what it always leaves out, and .hsignore, which it
 * looks for from the working directory (the CLI is run in the project, and so are the tests).
 */
export const isUploaded = (path: string): boolean => !shouldIgnoreFile(path, true);

/** The files of an upload, from the project's root. */
export async function uploadedFiles(): Promise<string[]> {
  const files = await walk(PROJECT, ['node_modules', '.git', '.tandem']);
  return files
    .map((file) => relative(PROJECT, file))
    .filter(isUploaded)
    .toSorted();
}
