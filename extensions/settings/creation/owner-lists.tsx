// The two lists of the owner map: HubSpot's owners with who stands for them, and who of Salesforce stands for nobody.
import { AutoGrid, Button, Flex, Select, StatusTag, Text, Tile } from '@hubspot/ui-extensions';
import { useState } from 'react';
import type { ReactElement, ReactNode } from 'react';
import type { HolderView, OwnerView } from '../../../src/api/contract.ts';
import { usePages } from '../../ui/use-pages.ts';
import type { Pages } from '../../ui/use-pages.ts';
import { needsSomebody } from './owner-rows.ts';
import type { HolderRow, OwnerPairs, OwnerRow } from './owner-rows.ts';

/** Each row that is open has a list of everybody. */
const ROWS_PER_PAGE = 10;
const NOBODY = '';
const COLUMN_PX = 240;

const STATES: Readonly<
  Record<OwnerRow['state'], { label: string; variant: 'success' | 'info' | 'warning' | 'danger' }>
> = {
  nobody: { label: 'Not matched', variant: 'warning' },
  gone: { label: 'Not in Salesforce any more', variant: 'danger' },
  inactive: { label: 'Inactive: may own nothing new', variant: 'danger' },
  chosen: { label: 'Chosen here', variant: 'info' },
  sameEmail: { label: 'Same e-mail address', variant: 'success' },
};

export interface OwnerListProps {
  readonly rows: readonly OwnerRow[];
  readonly holders: readonly HolderView[];
  readonly pairs: OwnerPairs;
  readonly readOnly: boolean;
  readonly onChoose: (owner: OwnerView, holderId: string | null) => void;
}

export function OwnerList(props: OwnerListProps): ReactElement {
  const { rows, readOnly } = props;
  const pages = usePages(rows, ROWS_PER_PAGE);
  // Whoever was chosen stays open to be changed while the page is shown.
  const [open, setOpen] = useState<ReadonlySet<string>>(new Set());
  if (rows.length === 0) return <Text>Nobody is called that.</Text>;
  return (
    <Paged pages={pages}>
      {pages.rows.map((row) => (
        <Pair key={row.owner.id}>
          <OwnerName owner={row.owner} />
          <Counterpart
            {...props}
            row={row}
            isOpen={!readOnly && (needsSomebody(row) || open.has(row.owner.id))}
            onOpen={() => {
              setOpen(new Set([...open, row.owner.id]));
            }}
            onChoose={(owner, holderId) => {
              setOpen(new Set([...open, owner.id]));
              props.onChoose(owner, holderId);
            }}
          />
        </Pair>
      ))}
    </Paged>
  );
}

/** Who is whom side by side, one under the other where that is too narrow. */
function Pair({ children }: { readonly children: ReactNode }): ReactElement {
  return (
    <Tile compact>
      <AutoGrid columnWidth={COLUMN_PX} flexible gap="small">
        {children}
      </AutoGrid>
    </Tile>
  );
}

function Paged({
  pages: { page, pageCount, showPage },
  children,
}: {
  readonly pages: Pages<unknown>;
  readonly children: ReactNode;
}): ReactElement {
  return (
    <Flex direction="column" gap="small">
      {children}
      {pageCount > 1 && (
        <Flex direction="row" gap="small" align="center">
          <Button
            size="small"
            disabled={page === 1}
            onClick={() => {
              showPage(page - 1);
            }}
          >
            Previous
          </Button>
          <Text>{`Page ${page} of ${pageCount}`}</Text>
          <Button
            size="small"
            disabled={page === pageCount}
            onClick={() => {
              showPage(page + 1);
            }}
          >
            Next
          </Button>
        </Flex>
      )}
    </Flex>
  );
}

function OwnerName({ owner }: { readonly owner: OwnerView }): ReactElement {
  const { name, email, archived, contacts } = owner;
  const count = contacts === null ? null : new Intl.NumberFormat('en').format(contacts);
  return (
    <Flex direction="column" gap="flush">
      <Text format={{ fontWeight: 'demibold' }}>{name}</Text>
      {email !== null && email !== name && <Text variant="microcopy">{email}</Text>}
      <Text variant="microcopy">
        {[
          archived ? 'Deactivated in HubSpot' : null,
          count === null ? null : `${count} ${contacts === 1 ? 'contact' : 'contacts'}`,
        ]
          .filter((part) => part !== null)
          .join(' · ')}
      </Text>
    </Flex>
  );
}

const holderInWords = ({ name, kind, email }: HolderView): string =>
  kind === 'queue' ? `${name} (queue)` : email === null ? name : `${name} · ${email}`;

interface CounterpartProps extends OwnerListProps {
  readonly row: OwnerRow;
  readonly isOpen: boolean;
  readonly onOpen: () => void;
}

function Counterpart(props: CounterpartProps): ReactElement {
  const { row, isOpen, readOnly, onOpen } = props;
  const { label, variant } = STATES[row.state];
  return (
    <Flex direction="column" gap="extra-small">
      {isOpen ? (
        <HolderSelect {...props} />
      ) : (
        row.holder !== null && <Text>{holderInWords(row.holder)}</Text>
      )}
      <Flex direction="row" gap="small" align="center" wrap>
        <StatusTag variant={variant}>{label}</StatusTag>
        {!isOpen && !readOnly && (
          <Button size="extra-small" variant="transparent" onClick={onOpen}>
            {`Change who stands for ${row.owner.name}`}
          </Button>
        )}
      </Flex>
    </Flex>
  );
}

function HolderSelect({ row, holders, pairs, onChoose }: CounterpartProps): ReactElement {
  const { owner } = row;
  const chosen = pairs.find(({ hubspotOwnerId }) => hubspotOwnerId === owner.id)?.salesforceId;
  const current = row.state === 'gone' || chosen === undefined ? chosen : row.holder?.id;
  const byEmail = holders.find(({ id }) => id === owner.sameEmail);
  // Whoever has left can't be chosen, but is shown where somebody did.
  const offered = holders.filter(({ id, isActive }) => isActive || id === current);
  const isKnown = current === undefined || offered.some(({ id }) => id === current);
  return (
    <Select
      name={`owner-${owner.id}`}
      label={`Who stands for ${owner.name}`}
      value={current ?? NOBODY}
      options={[
        {
          label: byEmail === undefined ? 'Nobody' : `By e-mail address: ${byEmail.name}`,
          value: NOBODY,
        },
        ...offered.map((holder) => ({ label: holderInWords(holder), value: holder.id })),
        ...(isKnown ? [] : [{ label: `${current} (not in Salesforce)`, value: current }]),
      ]}
      onChange={(value) => {
        onChoose(owner, value === NOBODY ? null : String(value));
      }}
    />
  );
}

export interface HolderListProps {
  readonly rows: readonly HolderRow[];
  readonly owners: readonly OwnerView[];
  readonly readOnly: boolean;
  readonly onChoose: (holder: HolderView, owner: OwnerView | null) => void;
}

export function HolderList({ rows, owners, readOnly, onChoose }: HolderListProps): ReactElement {
  const pages = usePages(rows, ROWS_PER_PAGE);
  const options = [
    { label: 'Nobody', value: NOBODY },
    ...owners
      .filter(({ archived }) => !archived)
      .map(({ id, name, email }) => ({
        label: email === null || email === name ? name : `${name} · ${email}`,
        value: id,
      })),
  ];
  return (
    <Paged pages={pages}>
      {pages.rows.map(({ holder, ownerId }) => (
        <Pair key={holder.id}>
          <Text>{holderInWords(holder)}</Text>
          {readOnly ? (
            <Text>{owners.find(({ id }) => id === ownerId)?.name ?? 'Nobody'}</Text>
          ) : (
            <Select
              name={`holder-${holder.id}`}
              label={`Owner for ${holder.name}`}
              value={ownerId ?? NOBODY}
              options={options}
              onChange={(value) => {
                onChoose(holder, owners.find(({ id }) => id === value) ?? null);
              }}
            />
          )}
        </Pair>
      ))}
    </Paged>
  );
}
