// What runs inside a thread of function-host.ts. CommonJS, because HubSpot loads a function by `require()`, and
// plain JavaScript, so that no loader stands between the function and its environment.
'use strict';
const { parentPort } = require('node:worker_threads');

function causeOf(error) {
  return error instanceof Error ? `${error.name}: ${error.message}` : String(error);
}

parentPort.on('message', async ({ bundle, parametersJson }) => {
  try {
    const { main } = require(bundle);
    if (typeof main !== 'function') throw new Error('it exports no function named main');
    const response = await main({
      parameters: JSON.parse(parametersJson),
      propertiesToSend: {},
      event: {},
      secrets: {},
    });
    // What HubSpot sends on is JSON: undefined becomes null, and what JSON can't hold fails here.
    parentPort.postMessage({ kind: 'returned', json: JSON.stringify(response) ?? 'null' });
  } catch (error) {
    parentPort.postMessage({ kind: 'threw', cause: causeOf(error) });
  }
});
