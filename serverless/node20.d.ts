// What functions use beyond ES2023. HubSpot runs them on Node 20: `toWellFormed` is there, `Map.groupBy` is put into
// each bundle by build.ts. Anything newer is refused by `tsc -p serverless`.
interface MapConstructor {
  groupBy<Key, Item>(
    items: Iterable<Item>,
    keyOf: (item: Item, index: number) => Key,
  ): Map<Key, Item[]>;
}
interface String {
  toWellFormed(): string;
}
