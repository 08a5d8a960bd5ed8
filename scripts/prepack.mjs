// Runs before `npm pack` and `npm publish`: what is packed is built from the sources as they are.
import { build } from './build.mjs';
import { declarations } from './declarations.mjs';

await build();
declarations();
