// The typed contract between HubSpot's side (card, settings page) and ours (functions, service): every
// call's parameters and answer, as zod schemas. HubSpot shows users one generic sentence when a function
// throws, so expected failures come back as `{ ok: false, error }`, never as exceptions.
//
// The UI imports only the types of this file; the handlers check both directions with the schemas.
import { z } from 'zod';
import { SETTINGS_PARTS, settingsSchema } from '../engine/settings.ts';
import { CARD_CALLS } from './card-contract.ts';
import { CONNECTION_CALLS } from './connection-contract.ts';
import { EFFECT_CALLS } from './effect-contract.ts';
import { MAPPING_CALLS, mappingViewSchema } from './mapping-contract.ts';
import { INCLUSION_CALLS } from './inclusion-contract.ts';
import { CONDITION_CALLS } from './condition-contract.ts';
import { CREATION_CALLS } from './creation-contract.ts';
import { OVERVIEW_CALLS } from './overview-contract.ts';
import { PEOPLE_CALLS } from './people-contract.ts';
import { PROBLEM_CALLS } from './problem-contract.ts';
import { RUN_CALLS } from './run-contract.ts';
import { SELECTION_CALLS } from './selection-contract.ts';
import { SETUP_CALLS } from './setup-contract.ts';
import { UNDO_RUN_CALLS } from './undo-run-contract.ts';
import { VERSION_CALLS } from './version-contract.ts';

export { LINK_STATES, SYNC_OUTCOMES } from './card-contract.ts';
export type {
  FieldView,
  HistoryChange,
  HistoryMoment,
  RecordView,
  SyncPreview,
  SyncResult,
  UndoField,
  UndoResult,
} from './card-contract.ts';
export type { Check, ConnectionView, FieldCheck } from './connection-contract.ts';
export type { SettingsEffect } from './effect-contract.ts';
export type {
  FieldChoice,
  FieldPartners,
  Filled,
  MappingLineError,
  MappingSample,
  MappingVerdict,
  MappingView,
  ValueOption,
} from './mapping-contract.ts';
export type {
  ConditionPreview,
  FigureView,
  FoundPerson,
  PersonTrace,
  TraceStep,
} from './inclusion-contract.ts';
export type { ConditionFieldView, ConditionKind } from './condition-contract.ts';
export type {
  HolderView,
  OwnerView,
  RequiredField,
  TriedCreation,
  TriedRule,
} from './creation-contract.ts';
export type { FoundContact } from './people-contract.ts';
export type { ApiUse } from './overview-contract.ts';
export type {
  CountedReason,
  LeftOutField,
  ProblemCategory,
  ProblemChoice,
  ProblemRecord,
} from './problem-contract.ts';
export type { RunRecordView, RunView } from './run-contract.ts';
export type { SetupStep, SetupView } from './setup-contract.ts';
export type { FieldChange, ReasonView } from './shared-views.ts';
export type { SettingDifferenceView, SettingsVersionView } from './version-contract.ts';

export const apiErrorSchema = z.object({
  /** For programs: `CONTACT_NOT_FOUND`, `SETTINGS_CHANGED_MEANWHILE`, `INVALID_PARAMETERS`, … */
  code: z.string(),
  /** For people: one sentence. */
  message: z.string(),
  /** What to do next, one sentence; null when there is nothing. */
  fix: z.string().nullable(),
  /** Which setting or parameter it is about, when it is about one. */
  field: z.string().nullable(),
});
export type ApiError = z.infer<typeof apiErrorSchema>;

export const inclusionListSchema = z.object({
  id: z.string(),
  name: z.string(),
  size: z.number(),
  /** Dynamic ("active") lists keep themselves; others only change by hand. */
  dynamic: z.boolean(),
  /** What is risky about choosing it; null for a dynamic one, which is what the native connector asks for. */
  warning: z
    .object({
      /** `CHANGES_BY_HAND`: somebody adds and removes every member. `FILLED_ONCE`: a filter did, at the time. */
      code: z.enum(['CHANGES_BY_HAND', 'FILLED_ONCE']),
      /** For the admin, one sentence. */
      sentence: z.string(),
    })
    .nullable(),
});
export type InclusionList = z.infer<typeof inclusionListSchema>;

export const settingsViewSchema = z.object({
  version: z.number().int(),
  /** ISO; null for the built-in defaults nobody saved yet. */
  savedAt: z.string().nullable(),
  savedBy: z.string().nullable(),
  /** The document's mappings, default ones first, with the labels of their fields and what is wrong with them. */
  mappings: z.array(mappingViewSchema),
  document: settingsSchema,
});
export type SettingsView = z.infer<typeof settingsViewSchema>;

/** Every call: its name is the uid of the HubSpot function that serves it. */
export const CONTRACT = {
  ...CARD_CALLS,
  'get-settings': {
    parameters: z.object({}),
    answer: settingsViewSchema,
  },
  'get-inclusion-lists': {
    parameters: z.object({
      /** Words of the name, or for its kind: “active”, “static”; “list” and “segment” fit every one. */
      search: z.string().max(255).default(''),
    }),
    /** Dynamic ones first, each kind by name. */
    answer: z.object({ lists: z.array(inclusionListSchema) }),
  },
  ...MAPPING_CALLS,
  ...EFFECT_CALLS,
  'save-settings': {
    parameters: z.object({
      /** The version the edit started from; saving over a newer one is refused. */
      baseVersion: z.number().int(),
      /** Parts of the document, each as a whole; parts left out stay as they are. */
      parts: z.partialRecord(z.enum(SETTINGS_PARTS), z.unknown()),
      note: z.string().max(500, 'It takes 500 characters at most: shorten it.').default(''),
    }),
    answer: settingsViewSchema,
  },
  ...RUN_CALLS,
  ...PROBLEM_CALLS,
  ...VERSION_CALLS,
  ...OVERVIEW_CALLS,
  ...SELECTION_CALLS,
  ...UNDO_RUN_CALLS,
  ...CONNECTION_CALLS,
  ...SETUP_CALLS,
  ...INCLUSION_CALLS,
  ...CONDITION_CALLS,
  ...CREATION_CALLS,
  ...PEOPLE_CALLS,
} as const;

export type CallName = keyof typeof CONTRACT;
/** What a caller sends: fields with a default may be left out. */
export type CallParameters<Name extends CallName> = z.input<(typeof CONTRACT)[Name]['parameters']>;
export type CallAnswer<Name extends CallName> = z.output<(typeof CONTRACT)[Name]['answer']>;
export type Answer<Value> =
  { readonly ok: true; readonly value: Value } | { readonly ok: false; readonly error: ApiError };
