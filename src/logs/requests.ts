// One line for each request to the service: its route as it stands in the code, so without ids, and never
// its body, query or address.
import type { ErrorRequestHandler, RequestHandler } from 'express';
import { z } from 'zod';
import type { Log } from './log.ts';

const routeSchema = z.object({ path: z.string() });
/** Asked every few seconds by machines; only told of when they are not answered well. */
const PROBES: ReadonlySet<string> = new Set(['/healthz', '/readyz', '/metrics']);

export function requestLog(log: Log): RequestHandler {
  return (request, response, next) => {
    const begun = performance.now();
    response.once('close', () => {
      const matched = routeSchema.safeParse(request.route);
      const route = matched.success ? matched.data.path : 'none';
      const status = response.statusCode;
      if (PROBES.has(route) && status < 400) return;
      const facts = {
        method: request.method,
        route,
        status,
        ms: Math.round(performance.now() - begun),
      };
      if (status >= 500) log.warn('request', facts);
      else log.info('request', facts);
    });
    next();
  };
}

/** Instead of Express' own, which prints whatever the error says. */
export function requestFailed(log: Log | null): ErrorRequestHandler {
  return (error: unknown, _request, response, next) => {
    log?.error('request failed', { error });
    if (response.headersSent) {
      next(error);
      return;
    }
    const asked = z.object({ status: z.number().int().min(400).max(499) }).safeParse(error);
    response.status(asked.success ? asked.data.status : 500).json({ message: 'not done' });
  };
}
