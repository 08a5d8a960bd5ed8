/** Shipping a cloud assembly through AWS's own APIs. */
export { bootstrap } from './bootstrap.ts';
export { deployStack } from './deploy-stack.ts';
export { packageTemplate } from './package-template.ts';
export { publishAssets } from './publish-assets.ts';
export { synthesize } from './synthesize.ts';
