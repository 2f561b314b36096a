// What is used of avro-js, which has no types of its own. Its main file can't be loaded: it asks for a package
// that it doesn't declare (1.12.2), so the file with the types is taken by its path.
declare module 'avro-js/lib/schemas.js' {
  export interface AvroType {
    /** Throws when the bytes are no value of the type. */
    fromBuffer(bytes: Buffer): unknown;
    toBuffer(value: unknown): Buffer;
  }
  const schemas: { readonly createType: (schema: object) => AvroType };
  export default schemas;
}
