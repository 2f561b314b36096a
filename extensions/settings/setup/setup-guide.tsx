// The first-run guide: what to do, step by step, until the first sync is over or somebody puts the guide away. Where
// each step stands is told by the server; the guide only leads to where it is done.
import { Button, Flex, Heading, LoadingButton, Text, Tile } from '@hubspot/ui-extensions';
import type { StatusTagProps } from '@hubspot/ui-extensions';
import { useState } from 'react';
import type { ReactElement } from 'react';
import type { RunView, SetupStep, SetupView } from '../../../src/api/contract.ts';
import { apiErrorOf } from '../../ui/call-tandem.ts';
import { ErrorNotice } from '../../ui/error-notice.tsx';
import { StatusStep } from '../../ui/status-step.tsx';
import { StepDeed } from './step-deed.tsx';
import type { StepDeedProps } from './step-deed.tsx';
import { useDismissSetup, useSetup } from './use-setup.ts';

export interface SetupGuideProps extends Omit<
  StepDeedProps,
  'step' | 'setup' | 'onLookAgain' | 'isLooking'
> {
  /** Of the settings. */
  readonly version: number;
  readonly onStarted: (run: RunView) => void;
}

const TITLES: Readonly<Record<SetupStep['id'], string>> = {
  connect: 'Connect HubSpot and Salesforce',
  permissions: 'Check the permissions',
  list: 'Choose who syncs',
  mappings: 'Review the field mappings',
  dryRun: 'Try it dry',
  firstSync: 'Start the first sync',
};

const TAGS: Readonly<
  Record<
    SetupStep['state'],
    { readonly label: string; readonly variant: NonNullable<StatusTagProps['variant']> }
  >
> = {
  done: { label: 'Done', variant: 'success' },
  next: { label: 'Next', variant: 'info' },
  open: { label: 'To do', variant: 'default' },
  running: { label: 'Running', variant: 'info' },
  blocked: { label: 'Not yet', variant: 'warning' },
};

export function SetupGuide({ version, onTab, ...deeds }: SetupGuideProps): ReactElement | null {
  // Whoever goes to a tab wants to see it, not to look for it below the guide.
  const [isFolded, setFolded] = useState(false);
  const { value, error, isFetching, refetch } = useSetup(version);
  const dismissing = useDismissSetup();
  // It comes on top of a page that works without it: it isn't waited for, and missed by nobody.
  if (value?.isShown !== true) return null;
  const done = value.steps.filter(({ state }) => state === 'done').length;
  const next = value.steps.find(({ state }) => state === 'next' || state === 'running');
  if (isFolded)
    return (
      <Tile compact>
        <Flex direction="row" justify="between" align="center" gap="small" wrap>
          <Text format={{ fontWeight: 'demibold' }}>
            {`Set up Tandem: ${done} of ${value.steps.length} steps done${next ? `. Next: ${TITLES[next.id]}` : ''}`}
          </Text>
          <Button
            size="xs"
            onClick={() => {
              setFolded(false);
            }}
          >
            Show the steps
          </Button>
        </Flex>
      </Tile>
    );
  const failure = dismissing.error ?? error;
  return (
    <Tile>
      <Flex direction="column" gap="medium">
        <Flex direction="row" justify="between" align="center" gap="small" wrap>
          <Heading>{`Set up Tandem: ${done} of ${value.steps.length} steps done`}</Heading>
          {!deeds.readOnly && (
            <LoadingButton size="xs" loading={dismissing.isChanging} onClick={dismissing.dismiss}>
              Hide this guide
            </LoadingButton>
          )}
        </Flex>
        {failure !== null && (
          <ErrorNotice
            title="The guide could not be brought up to date"
            error={apiErrorOf(failure)}
            retry={{ running: isFetching, onRetry: refetch }}
          />
        )}
        {value.steps.map((step, index) => (
          <Step
            key={step.id}
            number={index + 1}
            step={step}
            setup={value}
            isLooking={isFetching}
            onLookAgain={refetch}
            onTab={(tabId) => {
              setFolded(true);
              onTab(tabId);
            }}
            {...deeds}
          />
        ))}
      </Flex>
    </Tile>
  );
}

function Step({
  number,
  ...deed
}: StepDeedProps & { readonly number: number; readonly setup: SetupView }): ReactElement {
  const { id, state, sentence, blockedBy } = deed.step;
  return (
    <StatusStep
      title={`${number}. ${TITLES[id]}`}
      tag={{ ...TAGS[state], hollow: state === 'open' }}
      sentence={sentence}
    >
      {blockedBy !== null && <Text variant="microcopy">{blockedBy}</Text>}
      <StepDeed {...deed} />
    </StatusStep>
  );
}
