/** Node runs TypeScript itself from 22.18 on; `npm start` brings its own Node 24 along. */
export function checkRuntime(): void {
  const [major = 0, minor = 0] = process.versions.node.split('.').map(Number);
  if (major > 22 || (major === 22 && minor >= 18)) return;
  process.stderr.write(
    `Tandem needs Node 22.18 or newer and was started with ${process.versions.node}. Start it with npm (npm start), which brings Node 24 along; if it did not, run npm ci again.\n`,
  );
  process.exit(2);
}
