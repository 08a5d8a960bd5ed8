/** Errors as ECR words them. https://docs.aws.amazon.com/AmazonECR/latest/APIReference/CommonErrors.html */
import { AwsError } from '../../service.ts';

export const repositoryNotFound = (name: string, registryId: string) =>
  new AwsError(
    'RepositoryNotFoundException',
    `The repository with name '${name}' does not exist in the registry with id '${registryId}'`,
  );

export const invalidParameter = (message: string) => new AwsError('InvalidParameterException', message);

export const uploadNotFound = (id: string) =>
  new AwsError('UploadNotFoundException', `The upload '${id}' could not be found, or was completed before`);
