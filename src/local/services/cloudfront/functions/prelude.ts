/** The JavaScript that stands in a CloudFront Function's context before its own code. */

/** Evaluates to a function that takes the host's hash function and the event, and leaves `__slipway` behind. */
export const prelude = String.raw`(function () {
  'use strict';
  var global = globalThis;
  var json = JSON, strings = String, promise = Promise, array = Array, error = Error;
  function show(value) {
    if (typeof value === 'string') return value;
    if (value instanceof error) return value.name + ': ' + value.message;
    try { var text = json.stringify(value); return text === undefined ? strings(value) : text; }
    catch (e) { return strings(value); }
  }
  return function (hash, eventText) {
    var logs = [], state = { value: undefined, error: 'The function did not answer.' };
    function log() {
      logs.push(array.prototype.map.call(arguments, show).join(' '));
    }
    var console = { log: log, error: log, warn: log, info: log, debug: log };
    function digester(algorithm, key) {
      var data = '';
      return {
        update: function (text) {
          if (typeof text !== 'string') throw new TypeError('Slipway supports strings as the data of a hash');
          data += text;
          return this;
        },
        digest: function (encoding) {
          var answer = hash(strings(algorithm), key, data, strings(encoding));
          if (answer[0] === '=') return answer.slice(1);
          throw new error(answer.slice(1));
        },
      };
    }
    var modules = {
      querystring: {
        escape: encodeURIComponent,
        unescape: decodeURIComponent,
        parse: function (text, separator, equals) {
          var out = {};
          strings(text).split(separator || '&').forEach(function (part) {
            if (part === '') return;
            var at = part.indexOf(equals || '=');
            var key = decodeURIComponent((at < 0 ? part : part.slice(0, at)).replace(/\+/g, ' '));
            var value = at < 0 ? '' : decodeURIComponent(part.slice(at + 1).replace(/\+/g, ' '));
            out[key] = key in out ? [].concat(out[key], value) : value;
          });
          return out;
        },
        stringify: function (object, separator, equals) {
          return Object.keys(object).map(function (key) {
            return [].concat(object[key]).map(function (value) {
              return encodeURIComponent(key) + (equals || '=') + encodeURIComponent(value);
            }).join(separator || '&');
          }).join(separator || '&');
        },
      },
      crypto: {
        createHash: function (algorithm) { return digester(algorithm, null); },
        createHmac: function (algorithm, key) { return digester(algorithm, strings(key)); },
      },
    };
    function require(name) {
      if (Object.hasOwn(modules, name)) return modules[name];
      throw new error('Slipway does not support the module ' + name + ' in CloudFront Functions');
    }
    var slipway = Object.freeze({
      start: function (handler) {
        if (handler === undefined) {
          state = { error: 'The function has no handler: declare function handler(event).' };
          return;
        }
        new promise(function (resolve) { resolve(handler(json.parse(eventText))); }).then(
          function (value) {
            state = value === undefined || value === null || typeof value !== 'object'
              ? { error: 'The handler answered ' + show(value) + ', not a request or a response.' }
              : { value: value };
          },
          function (e) { state = { error: show(e) }; }
        );
      },
      outcome: function () {
        try { return json.stringify({ value: state.value, error: state.error, logs: logs }); }
        catch (e) { return json.stringify({ error: show(e), logs: logs }); }
      },
    });
    Object.defineProperty(global, '__slipway', { value: slipway });
    Object.defineProperty(global, 'console', { value: console });
    Object.defineProperty(global, 'require', { value: require });
  };
})()`;
