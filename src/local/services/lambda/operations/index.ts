/** Every operation of Lambda that is supported. */
import type { AnyOperation } from '../../../service.ts';
import type { LambdaContext } from '../context.ts';
import { addPermission } from './add-permission.ts';
import { createFunction } from './create-function.ts';
import { deleteFunction } from './delete-function.ts';
import { getFunction } from './get-function.ts';
import { getFunctionConfiguration } from './get-function-configuration.ts';
import { invoke } from './invoke.ts';
import { listFunctions } from './list-functions.ts';
import { updateFunctionCode } from './update-function-code.ts';
import { updateFunctionConfiguration } from './update-function-configuration.ts';

export const operations: readonly ((context: LambdaContext) => AnyOperation)[] = [
  addPermission,
  createFunction,
  deleteFunction,
  getFunction,
  getFunctionConfiguration,
  invoke,
  listFunctions,
  updateFunctionCode,
  updateFunctionConfiguration,
];
