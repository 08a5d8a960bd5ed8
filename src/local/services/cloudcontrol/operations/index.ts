export { cancelResourceRequest } from './cancel-resource-request.ts';
export { createResource } from './create-resource.ts';
export { deleteResource } from './delete-resource.ts';
export { getResource } from './get-resource.ts';
export { getResourceRequestStatus } from './get-resource-request-status.ts';
export { listResourceRequests } from './list-resource-requests.ts';
export { listResources } from './list-resources.ts';
export { updateResource } from './update-resource.ts';
