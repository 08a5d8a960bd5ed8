/** Shipping a cloud assembly through AWS's own APIs. */
export { bootstrap, bootstrapStackName } from './bootstrap.ts';
export { type DeployedStack, deployStack } from './deploy-stack.ts';
export { type PublishTarget, publishAssets } from './publish-assets.ts';
export { synthesize } from './synthesize.ts';
