// The tab "Problems": what keeps records from syncing, by category and by record, with a way to try again.
import { Accordion, EmptyState, Flex, Heading, LoadingSpinner, Text } from '@hubspot/ui-extensions';
import type { ReactElement } from 'react';
import type { CallAnswer } from '../../../src/api/contract.ts';
import { apiErrorOf } from '../../ui/call-tandem.ts';
import { ErrorNotice } from '../../ui/error-notice.tsx';
import { ExportButton } from './export-button.tsx';
import type { ExportButtonProps } from './export-button.tsx';
import { LeftOutFields } from './left-out-fields.tsx';
import { ProblemCategoryTile } from './problem-category.tsx';
import type { ProblemCategoryTileProps } from './problem-category.tsx';
import { recordsInWords } from './problem-words.ts';
import { useProblems } from './use-problems.ts';

export interface ProblemsTabProps
  extends Omit<ProblemCategoryTileProps, 'category'>, Pick<ExportButtonProps, 'copyText'> {
  readonly isShown: boolean;
}

export function ProblemsTab({ isShown, ...props }: ProblemsTabProps): ReactElement {
  const { value, error, isFetching, refetch } = useProblems(isShown);
  return (
    <Flex direction="column" gap="medium">
      <Text>
        What keeps records from syncing, with what to do about it. Whatever Tandem can put right by
        trying again, it tries by itself.
      </Text>
      {error !== null && (
        <ErrorNotice
          title="The problems could not be loaded"
          error={apiErrorOf(error)}
          retry={{ running: isFetching, onRetry: refetch }}
        />
      )}
      {value === undefined ? (
        error === null && <LoadingSpinner label="Loading the problems" showLabel />
      ) : (
        <Problems {...props} {...value} />
      )}
    </Flex>
  );
}

function Problems({
  problems,
  leftOut,
  fields,
  copyText,
  ...tile
}: Omit<ProblemsTabProps, 'isShown'> & CallAnswer<'get-problems'>): ReactElement {
  const { portal, readOnly } = tile;
  const count = leftOut.reduce((sum, category) => sum + category.count, 0);
  const tiles = (categories: typeof problems): readonly ReactElement[] =>
    categories.map((category) => (
      <ProblemCategoryTile key={category.category} {...tile} category={category} />
    ));
  return (
    <>
      {problems.length === 0 ? (
        <EmptyState title="No problems" flush imageWidth={120}>
          <Text>Every record that is meant to sync is in sync.</Text>
        </EmptyState>
      ) : (
        <>
          <Flex direction="row">
            <ExportButton which={{ of: 'problems' }} copyText={copyText}>
              Export problems
            </ExportButton>
          </Flex>
          {tiles(problems)}
        </>
      )}
      {fields.length > 0 && (
        <>
          <Heading>Fields left out</Heading>
          <Text>
            The rest of these records syncs. A value that was refused is sent again as soon as it,
            or the mapping, changes.
          </Text>
          <LeftOutFields fields={fields} portal={portal} readOnly={readOnly} />
        </>
      )}
      {leftOut.length > 0 && (
        <Accordion title={`Left out as they are: ${recordsInWords(count)}`}>
          <Flex direction="column" gap="medium">
            <Text>
              Nothing is broken here: a setting, a decision of somebody, or what the record itself
              lacks keeps it out.
            </Text>
            <Flex direction="row">
              <ExportButton which={{ of: 'leftOut' }} copyText={copyText}>
                Export who is left out
              </ExportButton>
            </Flex>
            {tiles(leftOut)}
          </Flex>
        </Accordion>
      )}
    </>
  );
}
