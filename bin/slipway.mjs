#!/usr/bin/env node
// Plain JavaScript without new syntax, so that an old Node.js gets a sentence instead of a parse error.
const [major = 0, minor = 0] = process.versions.node.split('.').map(Number);
if (major < 20 || (major === 20 && minor < 19) || major === 21) {
  console.error(
    `slipway: this is Node.js ${process.versions.node}; Slipway needs 20.19 or later in line 20, or 22 and up.`,
  );
  console.error('fix: install a current Node.js from https://nodejs.org');
  process.exit(1);
}
// Slipway says itself which Node.js it needs (above); the SDK's own notice would stand in every output.
process.env.AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED ??= 'true';
const { main } = await import('../dist/cli.js').catch((error) => {
  if (error.code !== 'ERR_MODULE_NOT_FOUND') throw error;
  console.error(`slipway: not built or not installed (${error.message})`);
  console.error('fix: run npm install in the folder of the slipway package');
  process.exit(1);
});
process.exitCode = await main(process.argv.slice(2));
