// Mappings out as text, and text in as mappings of the draft: every line is checked against what both CRMs have, and
// what can't be taken is told with what to do. Nothing is saved here.
import { SALESFORCE_OBJECTS } from '../engine/fields.ts';
import { checkSide, type Mapping } from '../engine/mapping.ts';
import type { CustomMapping } from '../engine/settings.ts';
import type { Pipeline } from '../sync/pipeline.ts';
import type { Workspace } from '../sync/workspace.ts';
import type { CallAnswer, CONTRACT, MappingLineError, MappingView } from './contract.ts';
import { readMappings, writeMappings, type ReadMapping } from './mapping-file.ts';
import { mappingView } from './mapping-view.ts';
import { verdictOn } from './settings-checks.ts';
import { DEFAULT_MAPPING_OF, wantedMapping } from './wanted-mapping.ts';
import type { z } from 'zod';

type Parameters<Name extends keyof typeof CONTRACT> = z.output<
  (typeof CONTRACT)[Name]['parameters']
>;

export const mappingsWritten = ({
  format,
  mappings,
}: Parameters<'write-mappings'>): CallAnswer<'write-mappings'> => ({
  text: writeMappings(mappings, format),
  mappings: mappings.length,
});

export async function mappingsRead(
  pipeline: Pipeline,
  { text }: Parameters<'read-mappings'>,
): Promise<CallAnswer<'read-mappings'>> {
  const file = readMappings(text);
  if (file.mappings.length === 0) return { mappings: [], errors: [...file.errors] };
  // Somebody who brings mappings has just made the fields.
  pipeline.workspaces.refresh();
  const workspace = await pipeline.workspaces.current();
  const mappings: CallAnswer<'read-mappings'>['mappings'] = [];
  const errors: MappingLineError[] = [...file.errors];
  const used = new Map<string, number>();
  for (const line of file.mappings) {
    const wrong = doubled(line, used);
    const read = wrong ?? checked(line, workspace);
    if ('message' in read) errors.push(read);
    else mappings.push({ line: line.line, mapping: read });
  }
  return { mappings, errors: errors.toSorted((one, other) => one.line - other.line) };
}

const errorAt = (
  { line }: ReadMapping,
  field: string,
  value: string,
  message: string,
  fix: string,
): MappingLineError => ({ line, field, value, message, fix });

const SIDES = [
  ['hubspotProperty', 'HubSpot property'],
  ['leadField', 'Lead field'],
  ['contactField', 'Contact field'],
] as const;

/** One property to one field (native-connector §2), in one text as in the settings. */
function doubled(line: ReadMapping, used: Map<string, number>): MappingLineError | null {
  for (const [side, label] of SIDES) {
    const name = line[side];
    if (name === null) continue;
    const before = used.get(`${side} ${name.toLowerCase()}`);
    if (before !== undefined)
      return errorAt(
        line,
        label,
        name,
        `“${name}” is mapped on line ${before} already.`,
        'Keep one of the two lines.',
      );
  }
  for (const [side] of SIDES) {
    const name = line[side];
    if (name !== null) used.set(`${side} ${name.toLowerCase()}`, line.line);
  }
  return null;
}

function checked(line: ReadMapping, workspace: Workspace): MappingView | MappingLineError {
  const known = DEFAULT_MAPPING_OF.get(line.hubspotProperty);
  if (line.kind === 'default' && known === undefined)
    return errorAt(
      line,
      'HubSpot property',
      line.hubspotProperty,
      'This is no property of a default mapping.',
      'Write “custom” as its kind, or correct the name.',
    );
  return known ? asDefault(line, known, workspace) : asCustom(line, workspace);
}

function asDefault(
  line: ReadMapping,
  known: Mapping,
  { schemas }: Workspace,
): MappingView | MappingLineError {
  if (line.kind === 'custom')
    return errorAt(
      line,
      'HubSpot property',
      line.hubspotProperty,
      'This property belongs to a default mapping, which can’t be pointed elsewhere.',
      'Choose another property for a custom mapping.',
    );
  if (known.ruleLocked && line.rule !== null && line.rule !== known.rule)
    return errorAt(
      line,
      'Rule',
      line.rule,
      'The rule of this mapping is fixed.',
      'Leave its rule empty.',
    );
  const moved = SIDES.slice(1).find(([side]) => {
    const name = line[side];
    return name !== null && name.toLowerCase() !== known[side]?.toLowerCase();
  });
  if (moved)
    return errorAt(
      line,
      moved[1],
      line[moved[0]] ?? '',
      'The fields of a default mapping can’t be changed.',
      `Leave it empty, or write ${known[moved[0]] ?? 'nothing'}.`,
    );
  const mapping: Mapping = {
    ...known,
    rule: line.rule ?? known.rule,
    valueMap: line.valueMap ?? known.valueMap,
    valueMapIsDefault: line.valueMap === null,
  };
  return mappingView(mapping, schemas, problemOf(mapping, schemas));
}

function problemOf(mapping: Mapping, schemas: Workspace['schemas']): MappingView['problem'] {
  const checks = SALESFORCE_OBJECTS.map((object) => checkSide(mapping, object, schemas));
  const worst =
    checks.find(({ verdict }) => verdict === 'refused') ??
    checks.find(({ verdict }) => verdict === 'warning');
  if (worst === undefined || worst.verdict === 'ok') return null;
  return {
    severity: worst.verdict === 'refused' ? 'error' : 'warning',
    sentence: worst.sentence,
  };
}

function asCustom(line: ReadMapping, workspace: Workspace): MappingView | MappingLineError {
  const { schemas } = workspace;
  if (!schemas.hubspot.has(line.hubspotProperty))
    return errorAt(
      line,
      'HubSpot property',
      line.hubspotProperty,
      `HubSpot has no contact property “${line.hubspotProperty}”.`,
      'Create it in HubSpot first, or correct its internal name.',
    );
  for (const [object, side, label] of [
    ['Lead', 'leadField', 'Lead field'],
    ['Contact', 'contactField', 'Contact field'],
  ] as const) {
    const name = line[side];
    if (name !== null && !schemas.salesforce[object].has(name))
      return errorAt(
        line,
        label,
        name,
        `Salesforce has no ${object} field “${name}” that Tandem may see.`,
        'Correct its API name, or give the integration user access to it.',
      );
  }
  const custom: CustomMapping = {
    hubspotProperty: line.hubspotProperty,
    leadField: line.leadField,
    contactField: line.contactField,
    rule: line.rule ?? 'preferSalesforceUnlessBlank',
    valueMap: [...(line.valueMap ?? [])],
  };
  const { verdict, sentences } = verdictOn(custom, workspace);
  if (verdict === 'refused')
    return errorAt(
      line,
      'Lead field',
      [line.leadField, line.contactField].filter((name) => name !== null).join(', '),
      sentences.join(' '),
      'Choose fields whose types go together.',
    );
  const mapping: Mapping = {
    ...wantedMapping({ ...custom, valueMapIsDefault: false }),
    rule: custom.rule,
  };
  return mappingView(
    mapping,
    schemas,
    verdict === 'warning' ? { severity: 'warning', sentence: sentences.join(' ') } : null,
  );
}
