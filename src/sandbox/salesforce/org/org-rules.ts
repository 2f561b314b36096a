// What an admin of the org has set up besides fields: before-save triggers, validation rules, duplicate
// rules and the lead assignment rule. They run in Salesforce's own order of execution: triggers, then
// validation rules, then duplicate rules, then the save, then assignment. Who calls them is `writes.ts`.
import {
  duplicatesDetected,
  SalesforceError,
  triggerFailed,
  validationFailed,
  type Refusal,
} from '../errors.ts';
import { textOf, type Row } from '../values.ts';
import type { Database } from './database.ts';

/** Takes back what was added. */
export type Remove = () => void;

export interface ValidationRule {
  readonly name: string;
  readonly message: string;
  /** API name of the field the message is shown at; without one it is about the whole record. */
  readonly field?: string;
  /** `before` is null for a new row. */
  readonly fails: (row: Row, before: Row | null) => boolean;
}

export interface DuplicateRule {
  /** `alert` lets the row through when the caller says `allowSave`. */
  readonly action: 'block' | 'alert';
  readonly matches: (row: Row, other: Row) => boolean;
  /** Whose rows are compared with; the rule's own object by default. */
  readonly against?: string;
  /** False leaves the matches out of the refusal, as collections in some orgs do; true by default. */
  readonly tellsMatches?: boolean;
}

/** Gives the fields it changes, by API name; whatever it throws refuses the row. */
export type Trigger = (row: Row, before: Row | null) => Row;

/** The id of the user or queue that is to own a lead; null leaves the owner as it is. */
export type AssignmentRule = (lead: Row) => string | null;

class Registry<Rule> {
  readonly #byObject = new Map<string, Set<Rule>>();

  add(object: string, rule: Rule): Remove {
    const rules = this.#byObject.get(object) ?? new Set();
    this.#byObject.set(object, rules.add(rule));
    return () => {
      rules.delete(rule);
    };
  }

  of(object: string): Iterable<Rule> {
    return this.#byObject.get(object) ?? [];
  }
}

export class OrgRules {
  readonly validationRules = new Registry<ValidationRule>();
  readonly duplicateRules = new Registry<DuplicateRule>();
  readonly triggers = new Registry<Trigger>();
  assignmentRule: AssignmentRule | null = null;

  /** The row as the triggers leave it. */
  rewrite(object: string, row: Row, before: Row | null): Row {
    let rewritten = row;
    for (const trigger of this.triggers.of(object)) {
      try {
        rewritten = { ...rewritten, ...trigger(rewritten, before) };
      } catch (error) {
        if (error instanceof SalesforceError) throw error;
        throw new SalesforceError(400, [triggerFailed(object, before === null, String(error))]);
      }
    }
    return rewritten;
  }

  /** What validation rules, and then duplicate rules, have against the row. */
  refusals(
    database: Database,
    object: string,
    row: Row,
    before: Row | null,
    allowDuplicates: boolean,
  ): Refusal[] {
    const failed = [...this.validationRules.of(object)].filter((rule) => rule.fails(row, before));
    if (failed.length > 0)
      return failed.map(({ message, field }) => validationFailed(message, field ?? null));
    for (const rule of this.duplicateRules.of(object)) {
      if (rule.action === 'alert' && allowDuplicates) continue;
      const against = rule.against ?? object;
      const ids = [...database.table(against).byId()]
        .filter((other) => other.IsDeleted !== true && other.Id !== row.Id)
        .filter((other) => rule.matches(row, other))
        .map((other) => textOf(other, 'Id'));
      if (ids.length > 0) {
        const { action, tellsMatches = true } = rule;
        return [duplicatesDetected({ object, against, action, ids: tellsMatches ? ids : null })];
      }
    }
    return [];
  }

  /** Who is to own a lead that is saved under the assignment rule; null leaves it to its owner. */
  ownerOf(object: string, row: Row): string | null {
    return object === 'Lead' ? (this.assignmentRule?.(row) ?? null) : null;
  }
}
