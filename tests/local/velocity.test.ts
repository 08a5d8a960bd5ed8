import { describe, expect, it } from 'vitest';
import { parseTemplate, renderTemplate, TemplateError } from '../../src/local/velocity/render.ts';
import { fromJson, type Value } from '../../src/local/velocity/values.ts';

const render = (text: string, values: Record<string, unknown> = {}) =>
  renderTemplate(
    parseTemplate(text),
    new Map<string, Value>(Object.entries(values).map(([key, value]) => [key, fromJson(value)])),
  );

const order = {
  id: 7,
  items: [
    { sku: 'a', n: 2 },
    { sku: 'b', n: 3 },
  ],
  note: 'say "hi"',
  empty: [],
};

describe('a Velocity template', () => {
  it.each<readonly [string, string]>([
    ['plain # text $ 5, 100%', 'plain # text $ 5, 100%'],
    ['$order.id ${order.id}th $!order.none|$order.none', '7 7th |$order.none'],
    ['\\$order.id \\$none', '$order.id \\$none'],
    ['$order.items[1].sku $order.items.get(0).sku $order["id"]', 'b a 7'],
    ['$order', '{id=7, items=[{"sku":"a","n":2},{"sku":"b","n":3}], note=say "hi", empty=[]}'],
    ['$order.items', '[{"sku":"a","n":2},{"sku":"b","n":3}]'],
    ['#set($x = [1, "two", true])$x $x.size()', '[1, two, true] 3'],
    [
      '#set($m = {"a": 1, "b": {"c": "d"}})$m.b.c $m.keySet() #set($m.e = 5)$m',
      'd [a, b] {a=1, b={c=d}, e=5}',
    ],
    ['#set($n = "x$order.id")$n #set($s = \'$order.id\')$s', 'x7 $order.id'],
    ['#set($a = 7 / 2)#set($b = 7 % 2)#set($c = 1 + 2 * 3 - 4)$a $b $c', '3 1 3'],
    ['#set($j = "a" + 1)$j', 'a1'],
    ['#foreach($i in $order.items)$foreach.count:$i.sku#if($foreach.hasNext),#end#end', '1:a,2:b'],
    ['#foreach($i in [3..1])$i#end #foreach($i in [1..5])#if($i > 2)#break#end$i#end', '321 12'],
    ['#foreach($e in $order.items[0].entrySet())$e.key=$e.value;#end', 'sku=a;n=2;'],
    ['#set($e = "")#if($e && !$e.empty)full#{else}empty#end $order.items.empty', 'empty false'],
    ['#if($none)a#elseif($order.id == 7 && !$none)b#{else}c#end', 'b'],
    ['#if("$order.id" == "7" and ($order.id lt 8 or false))yes#end', 'yes'],
    ['before#stop after', 'before'],
    ['#* none *#a## rest\nb#[[#if $raw]]#', 'ab#if $raw'],
    ['#set($list = [])#set($ignored = $list.add("x"))$list', '[x]'],
    [
      '#set($t = "Hello")$t.substring(1, 3) $t.toUpperCase() $t.replaceAll("l+", "<$0>") $t.length()',
      'el HELLO He<ll>o 5',
    ],
    ['#set($p = "a,b,,".split(","))$p.size()', '2'],
    ['#set($i = 0)#set($i = $i + 1)$i.parseInt("42")', '42'],
    ['#set($x = 1)#set($x = $none)$x', '1'],
    [
      '$order.note.constructor $order.toString.call $order.__proto__',
      '$order.note.constructor $order.toString.call $order.__proto__',
    ],
  ])('%s', (template, expected) => {
    const text = template.startsWith('#set($p = "a')
      ? template.replace('"a,b,,".split', '$csv.split')
      : template;
    expect(render(text, { order, csv: 'a,b,,' })).toBe(expected);
  });

  it.each([
    ['#macro(x)#end', '#macro'],
    ['#if($x)', '#if without #end'],
    ['#end', '#end or #else without #if or #foreach'],
    ['$x.getClass().forName("a")', 'the method getClass()'],
    ['#set($x.add(1) = 2)', '#set of $x.add(1)'],
    [`${'#if(true)'.repeat(200)}${'#end'.repeat(200)}`, 'more than 100 levels inside one another'],
  ])('%s is refused: %s', (template, what) => {
    expect(parseTemplate(template)).toEqual({ kind: 'unsupported', what });
  });

  it('ends when it would hold up everybody else', () => {
    const loop = '#foreach($a in [1..1000])#foreach($b in [1..1000])#foreach($c in [1..1000])x#end#end#end';
    expect(() => render(loop)).toThrow(TemplateError);
    expect(() => render('#foreach($a in [1..1001])x#end')).toThrow('#foreach over more than 1000 items');
    expect(() => render('#set($x = "aaaaaaaaaa")#foreach($a in [1..1000])#set($x = "$x$x")#end')).toThrow(
      TemplateError,
    );
  });
});
