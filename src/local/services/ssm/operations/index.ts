export { deleteParameter } from './delete-parameter.ts';
export { deleteParameters } from './delete-parameters.ts';
export { describeParameters } from './describe-parameters.ts';
export { getParameter } from './get-parameter.ts';
export { getParameters } from './get-parameters.ts';
export { getParametersByPath } from './get-parameters-by-path.ts';
export { putParameter } from './put-parameter.ts';
