// SOQL refusals as the API words them: the piece of the query around the mistake, a caret under it, its
// place, then the sentence (salesforce-api §8).
import { fail, type SalesforceError } from '../errors.ts';

const AROUND = 45;

/** Where a word of the query stands, outside of quoted text; -1 when it can't be told or isn't the only one. */
function placeOf(soql: string, word: string): number {
  if (word === '') return -1;
  const quoted = soql.replace(/'(?:[^'\\]|\\.)*'/g, (text) => '\u0000'.repeat(text.length));
  const searched = word.startsWith("'") ? soql : quoted;
  const literal = word.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
  if (!/^\w/.test(word)) {
    const place = searched.indexOf(word);
    return place === searched.lastIndexOf(word) ? place : -1;
  }
  return new RegExp(`(?<![\\w.])${literal}(?!\\w)`, 'i').exec(searched)?.index ?? -1;
}

function pointAt(soql: string, place: number): string {
  const before = soql.slice(Math.max(0, place - AROUND), place);
  const shownBefore = place > AROUND ? before.slice(before.indexOf(' ') + 1) : before;
  const after = soql.slice(place, place + AROUND);
  const shownAfter =
    place + AROUND < soql.length ? after.slice(0, after.lastIndexOf(' ')) || after : after;
  return `\n${shownBefore}${shownAfter}\n${' '.repeat(shownBefore.length)}^\nERROR at Row:1:Column:${place + 1}\n`;
}

function refuse(code: string, soql: string, word: string, sentence: string): SalesforceError {
  const place = placeOf(soql, word);
  return fail(400, code, place < 0 ? sentence : pointAt(soql, place) + sentence);
}

const SEE_DESCRIBE = 'Please reference your WSDL or the describe call for the appropriate names.';

export const malformed = (soql: string, word: string, sentence: string): SalesforceError =>
  refuse('MALFORMED_QUERY', soql, word, sentence);

export const noSuchColumn = (soql: string, path: string, name: string, entity: string) =>
  refuse(
    'INVALID_FIELD',
    soql,
    path,
    `No such column '${name}' on entity '${entity}'. If you are attempting to use a custom field, be sure to append the '__c' after the custom field name. ${SEE_DESCRIBE}`,
  );

export const noSuchRelationship = (soql: string, path: string, name: string) =>
  refuse(
    'INVALID_FIELD',
    soql,
    path,
    `Didn't understand relationship '${name}' in field path. If you are attempting to use a custom relationship, be sure to append the '__r' after the custom relationship name. ${SEE_DESCRIBE}`,
  );

export const noSuchChild = (soql: string, name: string) =>
  refuse(
    'INVALID_TYPE',
    soql,
    name,
    `Didn't understand relationship '${name}' in FROM part of query call. If you are attempting to use a custom relationship, be sure to append the '__r' after the custom relationship name. ${SEE_DESCRIBE}`,
  );

export const noSuchObject = (soql: string, name: string) =>
  refuse(
    'INVALID_TYPE',
    soql,
    name,
    `sObject type '${name}' is not supported. If you are attempting to use a custom object, be sure to append the '__c' after the entity name. ${SEE_DESCRIBE}`,
  );

export const cannotBe = (soql: string, path: string, verb: 'filtered' | 'sorted') =>
  refuse('INVALID_FIELD', soql, path, `field '${path}' can not be ${verb} in a query call`);

export const wrongLiteral = (soql: string, path: string, type: string, quoted: boolean) =>
  refuse(
    'INVALID_FIELD',
    soql,
    path,
    `value of filter criterion for field '${path}' must be of type ${type} and should ${quoted ? '' : 'not '}be enclosed in quotes`,
  );

export const invalidId = (soql: string, text: string) =>
  refuse('INVALID_QUERY_FILTER_OPERATOR', soql, `'${text}'`, `invalid ID field: ${text}`);

/** What SOQL has and this stand-in hasn't: said plainly, so that nobody takes it for a fact of Salesforce. */
export const notBuilt = (soql: string, what: string) =>
  malformed(soql, '', `${what} is not built into the sandbox's SOQL`);
