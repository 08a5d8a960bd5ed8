// `npm start`: installs what is missing and brings the first system up. Arguments are passed on:
// `npm start -- --port 5000`.
import { install } from './install.mjs';
import { buildIfStale, checkNode, root } from './lib.mjs';

checkNode();
await install();
await buildIfStale();
process.chdir(root);
process.argv.splice(2, 0, 'up', 'systems/room-detection');
await import('../bin/slipway.mjs');
