// The one limiter of the library that is used, by its own file: the whole is four times the size in a
// function's bundle. Types come from the whole.
declare module 'rate-limiter-flexible/lib/RateLimiterPostgres.js' {
  export { RateLimiterPostgres as default } from 'rate-limiter-flexible';
}
