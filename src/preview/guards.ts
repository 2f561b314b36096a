// What keeps other web pages away from the preview, which edits records without a login: it answers only under a
// loopback name (a foreign name that resolves here is DNS rebinding), takes no POST from another origin, and tells
// the browser to run nothing but its own files.
import type { RequestHandler } from 'express';
import type { PreviewError } from './contract.ts';

const LOOPBACK_HOST = /^(localhost|127(\.\d{1,3}){3}|\[::1\])(:\d{1,5})?$/i;

const CONTENT_SECURITY_POLICY = [
  "default-src 'none'",
  "script-src 'self'",
  "worker-src 'self'",
  "connect-src 'self'",
  "style-src 'self'",
  "img-src 'self' data:",
  "base-uri 'none'",
  "form-action 'self'",
  "frame-ancestors 'none'",
].join('; ');

function refusal(error: string): PreviewError {
  return { error };
}

/** Answers only requests that name this machine by a loopback name. */
export const onlyLoopbackHost: RequestHandler = (request, response, next) => {
  if (LOOPBACK_HOST.test(request.headers.host ?? '')) {
    next();
    return;
  }
  response.status(403).json(refusal('The preview answers only on localhost.'));
};

/** Takes a POST only from the preview's own pages, or from a program (which sends no origin). */
export const onlySameOriginPosts: RequestHandler = (request, response, next) => {
  const { origin, host } = request.headers;
  const site = request.headers['sec-fetch-site'];
  const ownOrigin =
    origin === undefined || origin === `http://${host}` || origin === `https://${host}`;
  const ownSite = site === undefined || site === 'same-origin' || site === 'none';
  if (request.method !== 'POST' || (ownOrigin && ownSite)) {
    next();
    return;
  }
  response.status(403).json(refusal("Another site's page may not change anything here."));
};

/** Headers for everything the preview serves. */
export const securityHeaders: RequestHandler = (_request, response, next) => {
  response.set({
    'Content-Security-Policy': CONTENT_SECURITY_POLICY,
    'X-Content-Type-Options': 'nosniff',
    'Referrer-Policy': 'no-referrer',
    'Cross-Origin-Opener-Policy': 'same-origin',
    'Cross-Origin-Resource-Policy': 'same-origin',
    // A rebuilt bundle is seen at the next reload.
    'Cache-Control': 'no-cache',
  });
  next();
};
