// The form that starts a run: what, which records, dry or not, and what it would take.
import {
  Button,
  ButtonRow,
  Flex,
  LoadingButton,
  PanelBody,
  PanelFooter,
  PanelSection,
  Select,
  Text,
  Toggle,
} from '@hubspot/ui-extensions';
import { useState } from 'react';
import type { ReactElement } from 'react';
import type { RunView } from '../../../src/api/contract.ts';
import { apiErrorOf } from '../../ui/call-tandem.ts';
import { ErrorNotice } from '../../ui/error-notice.tsx';
import { explanationOf, FIRST_CHOICE, requestOf, WHAT_OPTIONS, whatFrom } from './run-choice.ts';
import type { RunChoice } from './run-choice.ts';
import { RunEstimate } from './run-estimate.tsx';
import { RunScopeFields } from './run-scope-fields.tsx';
import type { RunScopeFieldsProps } from './run-scope-fields.tsx';
import { useStartRun } from './use-runs.ts';

export interface StartRunFormProps extends Pick<RunScopeFieldsProps, 'lists' | 'mappings'> {
  readonly onStarted: (run: RunView) => void;
  readonly onCancel: () => void;
}

export function StartRunForm(props: StartRunFormProps): ReactElement {
  const { lists, mappings, onStarted, onCancel } = props;
  const [choice, setChoice] = useState(FIRST_CHOICE);
  // What is being typed is not counted at every key.
  const [settled, setSettled] = useState(FIRST_CHOICE);
  const [dry, setDry] = useState(false);
  const starting = useStartRun(onStarted);
  const request = requestOf(choice);

  const type = (changed: RunChoice): void => {
    starting.reset();
    setChoice(changed);
  };
  const change = (changed: RunChoice): void => {
    type(changed);
    setSettled(changed);
  };

  return (
    <>
      <PanelBody>
        <PanelSection>
          <Flex direction="column" gap="medium">
            <Select
              name="run-what"
              label="What to run"
              value={choice.what}
              options={WHAT_OPTIONS}
              onChange={(value) => {
                change({ ...choice, what: whatFrom(value) ?? choice.what });
              }}
            />
            <Text>{explanationOf(choice.what)}</Text>
            <RunScopeFields
              choice={choice}
              lists={lists}
              mappings={mappings}
              onChange={change}
              onTyping={type}
            />
            <Toggle
              name="run-dry"
              label="Dry run: write nothing, only tell what would be done"
              checked={dry}
              onChange={setDry}
            />
            <RunEstimate request={requestOf(settled)} dry={dry} />
            {starting.error !== null && (
              <ErrorNotice title="Nothing was started" error={apiErrorOf(starting.error)} />
            )}
          </Flex>
        </PanelSection>
      </PanelBody>
      <PanelFooter>
        <ButtonRow disableDropdown>
          <LoadingButton
            variant="primary"
            loading={starting.isChanging}
            disabled={request === null || starting.isChanging}
            onClick={() => {
              if (request !== null) starting.change({ request, dry });
            }}
          >
            {dry ? 'Start the dry run' : 'Start the run'}
          </LoadingButton>
          <Button onClick={onCancel}>Close</Button>
        </ButtonRow>
      </PanelFooter>
    </>
  );
}
