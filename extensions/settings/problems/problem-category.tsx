// One category of problems: its reasons with how many records have each, and trying all of them again.
import {
  Divider,
  Flex,
  Heading,
  LoadingButton,
  StatusTag,
  Text,
  Tile,
} from '@hubspot/ui-extensions';
import type { ReactElement } from 'react';
import type { CountedReason, ProblemCategory, RunView } from '../../../src/api/contract.ts';
import { apiErrorOf } from '../../ui/call-tandem.ts';
import { ErrorNotice } from '../../ui/error-notice.tsx';
import { useStartRun } from '../runs/use-runs.ts';
import { ProblemRecordsButton } from './problem-records-button.tsx';
import type { ProblemRecordsProps } from './problem-records.tsx';
import { PROBLEM_STATES, recordsInWords } from './problem-words.ts';

export interface ProblemCategoryTileProps extends Omit<ProblemRecordsProps, 'which'> {
  readonly category: ProblemCategory;
  readonly onStarted: (run: RunView) => void;
}

export function ProblemCategoryTile(props: ProblemCategoryTileProps): ReactElement {
  const { category: shown, onStarted, ...records } = props;
  const { category, label, count, reasons } = shown;
  const { isChanging, error, change } = useStartRun(onStarted);
  return (
    <Tile compact>
      <Flex direction="column" gap="small">
        <Flex direction="row" gap="small" align="center" justify="between" wrap>
          <Flex direction="row" gap="small" align="center" wrap>
            <Heading>{label}</Heading>
            <Text variant="microcopy">{recordsInWords(count)}</Text>
          </Flex>
          {!records.readOnly && (
            <LoadingButton
              size="small"
              loading={isChanging}
              onClick={() => {
                change({ request: { kind: 'retry', scope: { categories: [category] } } });
              }}
            >
              Try all again
            </LoadingButton>
          )}
        </Flex>
        {error !== null && <ErrorNotice title="No run was started" error={apiErrorOf(error)} />}
        {reasons.map((counted, index) => (
          <Flex key={`${counted.state}~${counted.code}`} direction="column" gap="small">
            {index > 0 && <Divider />}
            <ReasonRow counted={counted} {...records} />
          </Flex>
        ))}
      </Flex>
    </Tile>
  );
}

function ReasonRow({
  counted: { state, code, count, reason, isExample },
  ...records
}: Omit<ProblemRecordsProps, 'which'> & { readonly counted: CountedReason }): ReactElement {
  const { label, variant } = PROBLEM_STATES[state];
  return (
    <Flex direction="column" gap="extra-small">
      <Text>{`${isExample ? 'For example: ' : ''}${reason.sentence}`}</Text>
      {reason.fix !== null && <Text variant="microcopy">{`What to do: ${reason.fix}`}</Text>}
      <Flex direction="row" gap="small" align="center" wrap>
        <StatusTag variant={variant}>{label}</StatusTag>
        <ProblemRecordsButton
          {...records}
          which={{ of: 'reason', state, code }}
          title={`${recordsInWords(count)}: ${label.toLowerCase()}`}
          name={`${state}-${code}`}
        >
          {`Show ${recordsInWords(count)}`}
        </ProblemRecordsButton>
      </Flex>
    </Flex>
  );
}
