/** API Gateway's own errors. https://docs.aws.amazon.com/apigateway/latest/api/API_CreateRestApi.html#API_CreateRestApi_Errors */
import { AwsError } from '../../service.ts';

export const notFound = (what: string) =>
  new AwsError('NotFoundException', `Invalid ${what} identifier specified`, 404);

export const badRequest = (message: string) => new AwsError('BadRequestException', message, 400);

export const conflict = (message: string) => new AwsError('ConflictException', message, 409);
