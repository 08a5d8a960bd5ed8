import type { Resource, ResourceRef } from './model.ts';

/** The plain part of a resource, for reports. */
export const resourceRef = ({
  id,
  name,
  stack,
  logicalId,
  type,
  constructPath,
  block,
}: Resource): ResourceRef => ({
  id,
  name,
  stack,
  logicalId,
  type,
  ...(constructPath === undefined ? {} : { constructPath }),
  block,
});
