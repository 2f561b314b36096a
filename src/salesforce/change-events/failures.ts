// What a failure of the Pub/Sub API means for the stream: the `error-code` trailer says most, the gRPC status the
// rest (Pub/Sub API guide, “Handle Errors”). Whatever is unknown passes by itself.
import { status, type ServiceError } from '@grpc/grpc-js';
import { Unauthorized } from '../../engine/failures.ts';

export type StreamFailure =
  /** The session is over, or never was good enough. */
  | { readonly kind: 'session'; readonly why: string }
  /** The replay id is too old, or from another org. */
  | { readonly kind: 'replayId' }
  /** There is no such topic: the object isn't selected for Change Data Capture. An admin may be about to. */
  | { readonly kind: 'unselected'; readonly why: string }
  /** Somebody has to change something. */
  | { readonly kind: 'refused'; readonly why: string }
  | { readonly kind: 'passing' };

const REFUSING: ReadonlySet<status> = new Set([
  status.PERMISSION_DENIED,
  status.RESOURCE_EXHAUSTED,
  status.UNIMPLEMENTED,
]);

export function streamFailure(error: unknown): StreamFailure {
  if (error instanceof Unauthorized) return { kind: 'refused', why: error.message };
  if (!isServiceError(error)) return { kind: 'passing' };
  const errorCode = String(error.metadata.get('error-code')[0] ?? '');
  const why = wordsOf(error);
  if (errorCode.includes('.replayid.')) return { kind: 'replayId' };
  if (error.code === status.UNAUTHENTICATED || errorCode.includes('.auth.'))
    return { kind: 'session', why };
  if (error.code === status.NOT_FOUND) return { kind: 'unselected', why };
  if (REFUSING.has(error.code) || errorCode.includes('.limit.exceeded'))
    return { kind: 'refused', why };
  // A proxy may have dropped the trailer.
  if (error.code === status.INVALID_ARGUMENT && /replay id/i.test(error.details))
    return { kind: 'replayId' };
  if (error.code === status.INVALID_ARGUMENT) return { kind: 'refused', why };
  return { kind: 'passing' };
}

const isServiceError = (error: unknown): error is ServiceError =>
  error instanceof Error && 'code' in error && 'metadata' in error && 'details' in error;

/** Without the id of the call, which is another each time. */
const wordsOf = ({ details }: ServiceError): string => details.replace(/\s*rpcId:.*$/s, '');
