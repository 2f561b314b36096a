// The trace of one person: the verdict first, with what to do next, then every step that led to it.
import { Alert, Divider, Flex, Text, Tile } from '@hubspot/ui-extensions';
import type { ReactElement } from 'react';
import type { PersonTrace, TraceStep } from '../../../src/api/contract.ts';
import { RecordLinks } from '../../ui/record-links.tsx';
import { StatusStep } from '../../ui/status-step.tsx';
import { exactTime, timeToCome } from '../../ui/relative-time.tsx';

export interface PersonTraceViewProps {
  readonly trace: PersonTrace;
  readonly portal: { readonly id: number; readonly timezone: string };
  readonly isFetching: boolean;
}

const VERDICTS = {
  syncs: 'success',
  oneWay: 'warning',
  waits: 'warning',
  doesNotSync: 'danger',
} as const satisfies Record<PersonTrace['verdict']['outcome'], string>;

const OUTCOMES = {
  pass: { variant: 'success', label: 'Passes' },
  fail: { variant: 'danger', label: 'Stops here' },
  waits: { variant: 'warning', label: 'Waits' },
  note: { variant: 'default', label: 'Note' },
} as const satisfies Record<TraceStep['outcome'], object>;

const MARKS = { true: '✓', false: '✗' } as const;

export function PersonTraceView({ trace, portal, isFetching }: PersonTraceViewProps): ReactElement {
  const { person, verdict, steps } = trace;
  const { name, email, hubspotId, salesforce } = person;
  const retry =
    verdict.retryAt === null
      ? null
      : `Tandem looks again by itself at ${timeToCome(verdict.retryAt, portal.timezone, Date.now())}.`;
  return (
    <Tile>
      <Flex direction="column" gap="small">
        <Flex direction="row" gap="small" align="center" justify="between" wrap>
          <Text format={{ fontWeight: 'demibold' }}>
            {email === null || email === name ? name : `${name} · ${email}`}
          </Text>
          <RecordLinks
            portalId={portal.id}
            hubspotId={hubspotId}
            salesforceId={salesforce?.id ?? null}
            salesforceUrl={salesforce?.url ?? null}
          />
        </Flex>
        <Alert title={verdict.sentence} variant={VERDICTS[verdict.outcome]}>
          {[verdict.fix, retry].filter((part) => part !== null).join(' ')}
        </Alert>
        {isFetching && <Text variant="microcopy">Looking once more…</Text>}
        {steps.map((step, index) => (
          <Flex key={`${index} ${step.title}`} direction="column" gap="small">
            {index > 0 && <Divider />}
            <Step step={step} timezone={portal.timezone} />
          </Flex>
        ))}
      </Flex>
    </Tile>
  );
}

function Step({
  step,
  timezone,
}: {
  readonly step: TraceStep;
  readonly timezone: string;
}): ReactElement {
  const { title, outcome, sentence, details } = step;
  return (
    <StatusStep title={title} tag={OUTCOMES[outcome]} sentence={sentence}>
      {details.map(({ text, holds, at }) => (
        <Text key={text} variant="microcopy">
          {`${holds === null ? '·' : MARKS[holds ? 'true' : 'false']} ${text}${at === undefined ? '' : `: ${exactTime(at, timezone)}`}`}
        </Text>
      ))}
    </StatusStep>
  );
}
