// `npm start`: installs what is missing and brings the first system up. Arguments are passed on:
// `npm start -- --port 5000`.
import { buildIfStale, checkNode, install, root } from './lib.mjs';

checkNode();
install();
await buildIfStale();
process.chdir(root);
const { main } = await import('../dist/cli.js');
process.exitCode = await main(['up', 'systems/room-detection', ...process.argv.slice(2)]);
