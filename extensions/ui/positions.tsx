// Pages that can only be asked for by where the one before ended: forwards, and back the way one came.
import { Button, Flex, Text } from '@hubspot/ui-extensions';
import { useState } from 'react';
import type { ReactElement } from 'react';

export interface Positions<Position> {
  /** Where the page that is shown begins; null: at the start. */
  readonly current: Position | null;
  readonly page: number;
  readonly back: () => void;
  readonly forward: (next: Position) => void;
}

export function usePositions<Position>(): Positions<Position> {
  // The positions that led here; the last one is shown.
  const [positions, setPositions] = useState<readonly (Position | null)[]>([null]);
  return {
    current: positions.at(-1) ?? null,
    page: positions.length,
    back: () => {
      setPositions(positions.slice(0, -1));
    },
    forward: (next) => {
      setPositions([...positions, next]);
    },
  };
}

export interface PageTurnerProps<Position> {
  readonly positions: Positions<Position>;
  /** Where the next page begins; null: this is the last. */
  readonly next: Position | null;
  readonly isFetching: boolean;
}

/** Nothing while there is only one page. */
export function PageTurner<Position>({
  positions: { page, back, forward },
  next,
  isFetching,
}: PageTurnerProps<Position>): ReactElement | null {
  if (page === 1 && next === null) return null;
  return (
    <Flex direction="row" gap="small" align="center">
      <Button size="small" disabled={page === 1 || isFetching} onClick={back}>
        Previous
      </Button>
      <Text>{`Page ${page}`}</Text>
      <Button
        size="small"
        disabled={next === null || isFetching}
        onClick={() => {
          if (next !== null) forward(next);
        }}
      >
        Next
      </Button>
    </Flex>
  );
}
