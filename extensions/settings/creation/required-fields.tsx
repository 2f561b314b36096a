// What fills the fields that Salesforce insists on where HubSpot has nothing: a template for each, with what it would
// give somebody.
import {
  Alert,
  Button,
  Flex,
  Input,
  LoadingSpinner,
  StatusTag,
  Text,
  Tile,
} from '@hubspot/ui-extensions';
import type { ReactElement } from 'react';
import type { CallAnswer, FoundContact, RequiredField } from '../../../src/api/contract.ts';
import { apiErrorOf } from '../../ui/call-tandem.ts';
import { ErrorNotice } from '../../ui/error-notice.tsx';
import type { Fetched } from '../../ui/fetched.ts';
import { isMissing } from './section-titles.ts';
import { useTriedTemplates } from './use-creation.ts';
import type { Creation } from './use-creation.ts';

type Templates = Creation['templates'];

export interface RequiredFieldsProps {
  readonly isShown: boolean;
  readonly required: Fetched<readonly RequiredField[]>;
  readonly templates: Templates;
  readonly readOnly: boolean;
  /** Whose values the examples are made of; null: anybody's. */
  readonly person: FoundContact | null;
  readonly onTemplates: (templates: Templates) => void;
}

export function RequiredFields(props: RequiredFieldsProps): ReactElement {
  const { isShown, required, templates, readOnly, person, onTemplates } = props;
  const { value, error, isFetching, refetch } = required;
  // Trying takes an admin.
  const tried = useTriedTemplates(templates, person?.contactId ?? null, isShown && !readOnly);
  const missing = value?.filter((field) => isMissing(field, templates)) ?? [];
  const others = Object.keys(templates).filter(
    (name) => value?.every((field) => field.name !== name) === true,
  );
  return (
    <Flex direction="column" gap="medium">
      <Text>
        {
          'Where HubSpot has no value, the template fills the field: properties in braces, and after || what to take when one of them is blank. {email.local} and {email.domain} are the parts of the e-mail address. What a template put there never goes to HubSpot by itself.'
        }
      </Text>
      {error !== null && (
        <ErrorNotice
          title="The required fields could not be loaded"
          error={apiErrorOf(error)}
          retry={{ running: isFetching, onRetry: refetch }}
        />
      )}
      {value === undefined && error === null && (
        <LoadingSpinner label="Loading the required fields" showLabel />
      )}
      {missing.length > 0 && <Missing fields={missing} />}
      {(value ?? []).map((field) => (
        <FieldTile
          key={field.name}
          field={field}
          template={templates[field.name] ?? ''}
          tried={tried.value}
          readOnly={readOnly}
          onTemplate={(template) => {
            onTemplates(withTemplate(templates, field.name, template));
          }}
        />
      ))}
      {others.map((name) => (
        <Flex key={name} direction="row" gap="small" align="center" wrap>
          <Text variant="microcopy">
            {`There is a template for ${name} too, which Salesforce doesn’t require: it isn’t used.`}
          </Text>
          {!readOnly && (
            <Button
              size="extra-small"
              variant="transparent"
              onClick={() => {
                onTemplates(withTemplate(templates, name, ''));
              }}
            >
              {`Remove the template for ${name}`}
            </Button>
          )}
        </Flex>
      ))}
    </Flex>
  );
}

/** An empty template is none. */
function withTemplate(templates: Templates, name: string, template: string): Templates {
  if (template.trim() !== '') return { ...templates, [name]: template };
  return Object.fromEntries(Object.entries(templates).filter(([field]) => field !== name));
}

const OBJECTS = { Lead: 'leads', Contact: 'contacts' } as const;
const onInWords = (objects: RequiredField['objects']): string =>
  objects.map((object) => OBJECTS[object]).join(' and ');

function Missing({ fields }: { readonly fields: readonly RequiredField[] }): ReactElement {
  const names = fields.map(({ label, unmappedOn }) => `${label} (${onInWords(unmappedOn)})`);
  return (
    <Alert
      variant="danger"
      title={
        fields.length === 1
          ? 'Nothing fills a field that Salesforce requires'
          : `Nothing fills ${fields.length} fields that Salesforce requires`
      }
    >
      <Text>
        {`Salesforce refuses every new record without ${names.join(', ')}. Map a property to it, give it a template, or a default value in Salesforce.`}
      </Text>
    </Alert>
  );
}

interface FieldTileProps {
  readonly field: RequiredField;
  readonly template: string;
  readonly tried: CallAnswer<'try-templates'> | undefined;
  readonly readOnly: boolean;
  readonly onTemplate: (template: string) => void;
}

function FieldTile(props: FieldTileProps): ReactElement {
  const { field, template, tried, readOnly, onTemplate } = props;
  const { name, label, type, objects, mappedTo, unmappedOn, takesText } = field;
  const verdict = template === '' ? undefined : tried?.templates[name];
  const problem = verdict?.problem ?? null;
  return (
    <Tile compact>
      <Flex direction="column" gap="small">
        <Flex direction="row" gap="small" align="center" justify="between" wrap>
          <Text>
            <Text inline format={{ fontWeight: 'demibold' }}>
              {label}
            </Text>
            {` · ${type}, required on ${onInWords(objects)}`}
          </Text>
          <MappedTag mappedTo={mappedTo} unmappedOn={unmappedOn} hasTemplate={template !== ''} />
        </Flex>
        {takesText ? (
          <Input
            name={`template-${name}`}
            label={`Template for ${label}`}
            placeholder={mappedTo === null ? 'Nothing yet' : 'Unknown'}
            readOnly={readOnly}
            value={template}
            error={problem !== null}
            {...(problem === null ? {} : { validationMessage: problem })}
            onInput={onTemplate}
            onChange={onTemplate}
          />
        ) : (
          <Text>
            A template can’t fill a field of this type: give it a default value in Salesforce.
          </Text>
        )}
        <Example
          field={field}
          template={template}
          verdict={verdict}
          sample={tried?.sample ?? null}
        />
      </Flex>
    </Tile>
  );
}

function MappedTag({
  mappedTo,
  unmappedOn,
  hasTemplate,
}: Pick<RequiredField, 'mappedTo' | 'unmappedOn'> & {
  readonly hasTemplate: boolean;
}): ReactElement {
  if (unmappedOn.length === 0)
    return <StatusTag variant="success">{`Mapped to ${mappedTo ?? ''}`}</StatusTag>;
  const where = mappedTo === null ? 'Not mapped' : `Not mapped on ${onInWords(unmappedOn)}`;
  return hasTemplate ? (
    <StatusTag variant="info">{`${where}: the template always fills it`}</StatusTag>
  ) : (
    <StatusTag variant="danger">{`${where}, and no template`}</StatusTag>
  );
}

function Example({
  field: { options, mappedTo },
  template,
  verdict,
  sample,
}: {
  readonly field: RequiredField;
  readonly template: string;
  readonly verdict: CallAnswer<'try-templates'>['templates'][string] | undefined;
  readonly sample: CallAnswer<'try-templates'>['sample'];
}): ReactElement | null {
  if (template === '')
    return mappedTo === null ? null : (
      <Text variant="microcopy">Without a template it gets “Unknown”.</Text>
    );
  if (verdict === undefined || verdict.problem !== null || sample === null) return null;
  const taken = options.length === 0 ? '' : ` It takes: ${options.join(', ')}.`;
  return (
    <Text variant="microcopy">
      {verdict.example === null
        ? `For ${sample.name} it gives nothing that the field takes.${taken}`
        : mappedTo === null
          ? `${sample.name} would get “${verdict.example}”.`
          : `Were ${mappedTo} blank, ${sample.name} would get “${verdict.example}”.`}
    </Text>
  );
}
