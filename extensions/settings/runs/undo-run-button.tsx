// Undoing a run: what would go back and what stays is looked at first, then it is asked for, or tried dry.
import {
  Alert,
  Button,
  ButtonRow,
  Flex,
  LoadingButton,
  LoadingSpinner,
  Panel,
  PanelBody,
  PanelFooter,
  PanelSection,
  Text,
} from '@hubspot/ui-extensions';
import { useState } from 'react';
import type { ReactElement } from 'react';
import type { CallAnswer, RunView } from '../../../src/api/contract.ts';
import { apiErrorOf } from '../../ui/call-tandem.ts';
import { ErrorNotice } from '../../ui/error-notice.tsx';
import { RunPerson } from './run-records.tsx';
import type { RunRecordsProps } from './run-records.tsx';
import { useStartRun, useUndoPreview } from './use-runs.ts';

export interface UndoRunButtonProps extends Pick<RunRecordsProps, 'run' | 'portalId'> {
  readonly closeOverlay: (id: string) => void;
  readonly onStarted: (run: RunView) => void;
}

export function UndoRunButton(props: UndoRunButtonProps): ReactElement {
  const { run, closeOverlay, onStarted } = props;
  const [isOpen, setOpen] = useState(false);
  const panelId = `tandem-undo-run-${run.id}`;
  const close = (): void => {
    closeOverlay(panelId);
    setOpen(false);
  };
  return (
    <Button
      variant="transparent"
      size="xs"
      onClick={() => {
        setOpen(true);
      }}
      overlay={
        <Panel
          id={panelId}
          title={`Undo run ${run.id}?`}
          width="medium"
          variant="modal"
          onClose={() => {
            setOpen(false);
          }}
        >
          {isOpen && (
            <UndoQuestion
              {...props}
              close={close}
              onStarted={(started) => {
                close();
                onStarted(started);
              }}
            />
          )}
        </Panel>
      }
    >
      Undo
    </Button>
  );
}

function UndoQuestion({
  run,
  portalId,
  close,
  onStarted,
}: UndoRunButtonProps & { readonly close: () => void }): ReactElement {
  const preview = useUndoPreview(run.id, true);
  const starting = useStartRun(onStarted);
  const start = (dry: boolean): void => {
    starting.change({ request: { kind: 'undo', scope: { runId: run.id } }, dry });
  };
  const { value } = preview;
  // Of a long run only the newest part was looked at: what is behind it may well go back.
  const mayStart = value !== undefined && (value.restored > 0 || !value.isAll);
  return (
    <>
      <PanelBody>
        <PanelSection>
          <Flex direction="column" gap="medium">
            <Text>
              {`Every value that “${run.title}” wrote goes back to what it was before, unless somebody has changed it since. Records that the run created are not deleted, and whoever it paired stays paired.`}
            </Text>
            {preview.error !== null ? (
              <ErrorNotice
                title="This run can’t be undone"
                error={apiErrorOf(preview.error)}
                retry={{ running: preview.isFetching, onRetry: preview.refetch }}
              />
            ) : value === undefined ? (
              <LoadingSpinner label="Looking at what would go back" showLabel />
            ) : (
              <Outlook outlook={value} portalId={portalId} />
            )}
            {starting.error !== null && (
              <ErrorNotice title="Nothing was started" error={apiErrorOf(starting.error)} />
            )}
          </Flex>
        </PanelSection>
      </PanelBody>
      <PanelFooter>
        <ButtonRow disableDropdown>
          <LoadingButton
            variant="destructive"
            loading={starting.isChanging}
            disabled={!mayStart || starting.isChanging}
            onClick={() => {
              start(false);
            }}
          >
            Undo the run
          </LoadingButton>
          <Button
            disabled={!mayStart || starting.isChanging}
            onClick={() => {
              start(true);
            }}
          >
            Dry run first
          </Button>
          <Button onClick={close}>Keep it as it is</Button>
        </ButtonRow>
      </PanelFooter>
    </>
  );
}

function Outlook({
  outlook,
  portalId,
}: Pick<RunRecordsProps, 'portalId'> & {
  readonly outlook: CallAnswer<'preview-undo'>;
}): ReactElement {
  const { sentences, stays } = outlook;
  const [first = '', ...others] = sentences;
  return (
    <>
      <Alert title={first} variant="info">
        {others.join(' ') || 'Nothing has been written yet.'}
      </Alert>
      {stays.length > 0 && (
        <>
          <Text format={{ fontWeight: 'demibold' }}>Some of what stays</Text>
          {stays.map((record, index) => (
            <RunPerson
              key={`${record.hubspotId ?? ''}~${record.salesforceId ?? ''}~${index}`}
              record={record}
              portalId={portalId}
            />
          ))}
        </>
      )}
    </>
  );
}
