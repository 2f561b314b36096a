// The secrets of the functions, as their metadata names them (app/functions/*-hsmeta.json).
//
// HubSpot doesn't say what becomes of a function whose `secretKeys` name a secret that the account doesn't
// have, so an admin adds all of them and gives those of the other way of running the value "none"
// (`hs secret add TANDEM_SERVICE_URL`, value `none`): without the service the two TANDEM_SERVICE ones, with
// it the four others. Here "none" is the same as not there.

export const SECRET_NAMES = [
  'DATABASE_URL',
  'SALESFORCE_LOGIN_URL',
  'SALESFORCE_CLIENT_ID',
  'SALESFORCE_CLIENT_SECRET',
  'TANDEM_SERVICE_URL',
  'TANDEM_SERVICE_SECRET',
] as const;

export type Environment = Readonly<Record<string, string | undefined>>;

/** What HubSpot itself puts into the environment: the token of the app. */
const TOKEN_NAMES = ['PRIVATE_APP_ACCESS_TOKEN', 'HUBSPOT_ACCESS_TOKEN'] as const;

const NOT_SET: ReadonlySet<string> = new Set(['', 'none', '-']);

const setValue = (value: string | undefined): string | undefined =>
  value === undefined || NOT_SET.has(value.trim().toLowerCase()) ? undefined : value.trim();

/** The environment without secrets that only hold a place. */
export function withoutPlaceholders(environment: Environment): Environment {
  return {
    ...environment,
    ...Object.fromEntries(SECRET_NAMES.map((name) => [name, setValue(environment[name])])),
  };
}

/** Shorter values would blot out ordinary words. */
const SHORTEST_SECRET = 6;

/** A database's address is no secret as a whole only: its password must not show by itself either. */
function passwordIn(value: string): string | null {
  if (!URL.canParse(value)) return null;
  const { password } = new URL(value);
  return password === '' ? null : decodeURIComponent(password);
}

/** A text for people, with every secret value in it blotted out. */
export function withoutSecrets(text: string, environment: Environment): string {
  const values = [...SECRET_NAMES, ...TOKEN_NAMES].flatMap((name) => {
    const value = environment[name];
    // An address without a password says where, which is what an error is about.
    if (value === undefined) return [];
    if (name === 'SALESFORCE_LOGIN_URL' || name === 'TANDEM_SERVICE_URL') {
      return URL.canParse(value) ? [] : [value];
    }
    return [value, passwordIn(value) ?? ''];
  });
  return values
    .filter((value) => value.length >= SHORTEST_SECRET)
    .reduce((rest, value) => rest.replaceAll(value, '•••'), text);
}
