/** What the API says about a request before anything is stored, and what the logs may say about anything. */
import { describe, expect, it } from 'vitest';
import { corsHeaders, headerOf } from '../../functions/answers.ts';
import { readPlanRequest } from '../../functions/plan-request.ts';
import { explainError } from '../../shared/explain-error.ts';
import { maxBodyBytes } from '../../shared/job.ts';
import { logLine, metricLine } from '../../shared/log.ts';

const wall = { type: 'line', start: [0, 0], end: [4, 0], is_load_bearing: true };
const read = (body: string | null, contentType: string | undefined = 'application/json') =>
  readPlanRequest({ body, contentType });

describe('reading a plan from a request', () => {
  it('takes a plan, with a charset and in base 64 as well', () => {
    const body = JSON.stringify({ walls: [wall] });
    expect(read(body, 'Application/JSON; charset=utf-8')).toEqual({ kind: 'plan', walls: [wall] });
    const encoded = Buffer.from(body).toString('base64');
    const request = { body: encoded, isBase64Encoded: true, contentType: 'application/json' };
    expect(readPlanRequest(request)).toEqual({ kind: 'plan', walls: [wall] });
  });

  it.each([
    ['text/plain', 'text/plain'],
    ['application/jsonx', 'application/jsonx'],
    ['', 'none'],
  ])('answers 415 to the content type %j and says what it got', (contentType, told) => {
    expect(read('{}', contentType)).toMatchObject({
      statusCode: 415,
      message: expect.stringContaining(told),
    });
  });

  it.each([
    [null, 'no body'],
    ['', 'no body'],
    ['{"walls":[', 'not valid JSON'],
    ['{"walls":[{"type":"line","start":[NaN,0],"end":[1,1]}]}', 'no NaN or Infinity'],
    ['{"walls":[{"type":"line","start":[0,0],"end":[1,-Infinity]}]}', 'no NaN or Infinity'],
    ['{"walls":[{"type":"line","start":[0,0],"end":[1,1e999]}]}', 'walls[0].end[1]'],
    ['{"walls":[{"type":"line","start":[0,0],"end":[1,"NaN"]}]}', 'walls[0].end[1]'],
    ['{"walls":[{"type":"line","start":[0,0]}]}', 'walls[0].end'],
    ['{"walls":[]}', 'walls'],
    ['[]', 'walls'],
    ['null', 'walls'],
  ])('answers 400 to %j and says what is wrong', (body, told) => {
    expect(read(body)).toMatchObject({ statusCode: 400, message: expect.stringContaining(told) });
  });

  it('answers 413 to a body over the limit, and says the limit', () => {
    const body = ' '.repeat(maxBodyBytes + 1);
    expect(read(body)).toMatchObject({
      statusCode: 413,
      message: expect.stringContaining(String(maxBodyBytes)),
    });
  });

  it('names the place of the mistake apart from the sentence', () => {
    expect(read('{"walls":[{"type":"arc"}]}')).toMatchObject({ path: 'walls[0].type' });
  });
});

describe('CORS headers', () => {
  it('allow a listed origin and tell caches that the answer depends on it', () => {
    expect(corsHeaders('https://a.example, https://b.example', 'https://b.example')).toEqual({
      'Access-Control-Allow-Origin': 'https://b.example',
      Vary: 'Origin',
    });
  });

  it('give another origin nothing', () => {
    expect(corsHeaders('https://a.example', 'https://a.example.evil')).toEqual({ Vary: 'Origin' });
  });

  it('allow everyone when told so', () => {
    expect(corsHeaders('*', undefined)).toEqual({ 'Access-Control-Allow-Origin': '*' });
  });

  it('are found whatever the case of the request’s headers', () => {
    expect(headerOf({ headers: { ORIGIN: 'https://a.example' } }, 'origin')).toBe('https://a.example');
  });
});

describe('explaining an error', () => {
  it('keeps AWS’s own text of a denial', () => {
    const error = new Error(
      'User: arn:aws:sts::1:assumed-role/w is not authorized to perform: s3:PutObject on resource: "arn:aws:s3:::b/k"',
    );
    error.name = 'AccessDenied';
    expect(explainError(error)).toBe(`AccessDenied: ${error.message}`);
  });

  it('takes out signatures, tokens and the queries of addresses', () => {
    const text = explainError(
      new Error(
        'GET https://b.s3.amazonaws.com/k?X-Amz-Signature=abc&X-Amz-Security-Token=def failed; X-Amz-Security-Token: ghi',
      ),
    );
    expect(text).toContain('https://b.s3.amazonaws.com/k failed');
    for (const secret of ['abc', 'def', 'ghi']) expect(text).not.toContain(secret);
  });

  it('stays short', () => {
    expect(explainError(new Error('x'.repeat(5000))).length).toBe(1000);
  });
});

describe('log lines', () => {
  it('are one JSON object a line', () => {
    const line = logLine('info', 'two\nlines', { job_id: 'job_1', walls: 3 }, 0);
    expect(line).not.toContain('\n');
    expect(JSON.parse(line)).toEqual({
      level: 'info',
      time: '1970-01-01T00:00:00.000Z',
      message: 'two\nlines',
      job_id: 'job_1',
      walls: 3,
    });
  });

  it('carry metrics in the embedded metric format', () => {
    const line = JSON.parse(
      metricLine('RoomDetection/dev', { JobsCompleted: 1, ProcessingTime: 12.5 }, {}, 7),
    );
    expect(line).toMatchObject({ JobsCompleted: 1, ProcessingTime: 12.5 });
    expect(line._aws).toEqual({
      Timestamp: 7,
      CloudWatchMetrics: [
        {
          Namespace: 'RoomDetection/dev',
          Dimensions: [[]],
          Metrics: [
            { Name: 'JobsCompleted', Unit: 'Count' },
            { Name: 'ProcessingTime', Unit: 'Milliseconds' },
          ],
        },
      ],
    });
  });
});
