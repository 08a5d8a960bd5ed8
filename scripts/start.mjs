// `npm start`: installs what is missing and brings the first system up. Arguments are passed on:
// `npm start -- --port 5000`.
import { buildIfStale, checkNode, install, root } from './lib.mjs';

checkNode();
install();
await buildIfStale();
process.chdir(root);
process.argv.splice(2, 0, 'up', 'systems/room-detection');
await import('../bin/slipway.mjs');
