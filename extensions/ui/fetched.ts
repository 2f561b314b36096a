// What every screen needs of a query, whatever it asks for.

/** A value that is on its way, there, or could not be had. */
export interface Fetched<Value> {
  readonly value: Value | undefined;
  readonly error: Error | null;
  readonly isFetching: boolean;
  readonly refetch: () => void;
}

/** What `useQuery` answers, as far as it matters here. */
interface Query<Value> {
  readonly data: Value | undefined;
  readonly error: Error | null;
  readonly isFetching: boolean;
  readonly refetch: () => Promise<unknown>;
}

export const fetched = <Value>({
  data,
  error,
  isFetching,
  refetch,
}: Query<Value>): Fetched<Value> => ({
  value: data,
  error,
  isFetching,
  refetch: () => void refetch(),
});
