// The foot of the settings page: which version is in force, whether there are changes, and Save and Discard. It is
// always there, so that a first change doesn't move the page.
import {
  ButtonRow,
  Button,
  Flex,
  Input,
  LoadingButton,
  StatusTag,
  Text,
  Tile,
} from '@hubspot/ui-extensions';
import { useRef } from 'react';
import type { ReactElement } from 'react';
import type { SettingsView } from '../../src/api/contract.ts';
import type { WhyReadOnly } from './read-only.tsx';
import { exactTime, timeInWords } from '../ui/relative-time.tsx';

export interface SaveBarProps {
  readonly saved: Pick<SettingsView, 'version' | 'savedAt' | 'savedBy'>;
  readonly timezone: string;
  readonly hasChanges: boolean;
  readonly isSaving: boolean;
  /** Null: they may be changed. */
  readonly readOnly: WhyReadOnly | null;
  readonly now?: number;
  /** Stands beside Save: what saving would do. */
  readonly effect?: ReactElement;
  readonly onSave: (note: string) => void;
  readonly onDiscard: () => void;
}

function versionInWords(
  { version, savedAt, savedBy }: SaveBarProps['saved'],
  timezone: string,
  now: number,
): string {
  if (savedAt === null) return 'The built-in settings are in force; nobody has saved any yet.';
  const when = `${timeInWords(savedAt, now)} (${exactTime(savedAt, timezone)})`;
  return `Version ${version}, saved ${when}${savedBy === null ? '' : ` by ${savedBy}`}.`;
}

const READ_ONLY: Readonly<Record<WhyReadOnly, string>> = {
  notAdmin: 'You can look at these settings; only super admins can change them.',
  noService: 'You can look at these settings; changing them takes Tandem’s service.',
};

export function SaveBar(props: SaveBarProps): ReactElement {
  const { saved, timezone, hasChanges, isSaving, readOnly, now = Date.now() } = props;
  // Nothing shows it but the input itself.
  const note = useRef('');
  const isIdle = !hasChanges || isSaving;
  return (
    <Tile compact>
      <Flex direction="column" gap="small">
        <Flex direction="row" gap="small" align="center" justify="between" wrap>
          <Text variant="microcopy">{versionInWords(saved, timezone, now)}</Text>
          <StatusTag variant={hasChanges ? 'warning' : 'default'} hollow={!hasChanges}>
            {hasChanges ? 'Unsaved changes' : 'No changes'}
          </StatusTag>
        </Flex>
        {readOnly !== null ? (
          <Text>{READ_ONLY[readOnly]}</Text>
        ) : (
          <Flex direction="row" gap="medium" align="end" justify="between" wrap>
            <Input
              name="save-note"
              label="Note for the version history (optional)"
              readOnly={isIdle}
              onInput={(text) => {
                note.current = text;
              }}
            />
            <ButtonRow disableDropdown>
              <LoadingButton
                variant="primary"
                loading={isSaving}
                disabled={isIdle}
                onClick={() => {
                  props.onSave(note.current);
                }}
              >
                Save
              </LoadingButton>
              {props.effect}
              <Button disabled={isIdle} onClick={props.onDiscard}>
                Discard changes
              </Button>
            </ButtonRow>
          </Flex>
        )}
      </Flex>
    </Tile>
  );
}
