/** Errors as ECS words them. https://docs.aws.amazon.com/AmazonECS/latest/APIReference/CommonErrors.html */
import { AwsError } from '../../service.ts';

export const clientError = (message: string) => new AwsError('ClientException', message);
export const invalidParameter = (message: string) => new AwsError('InvalidParameterException', message);
export const clusterNotFound = () => new AwsError('ClusterNotFoundException', 'Cluster not found.');
export const serviceNotFound = () => new AwsError('ServiceNotFoundException', 'Service not found.');
export const serviceNotActive = () => new AwsError('ServiceNotActiveException', 'Service was not ACTIVE.');
export const taskDefinitionNotFound = () => clientError('Unable to describe task definition.');
