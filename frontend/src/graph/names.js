// What a label means. The same as scoring/engine/graph/names.py.

import { isKind } from "../kinds.js";

const MAX_LABEL = 120;

// What people call a part when they do not name it for the question, in the order in which kinds are tried.
const KIND_WORDS = Object.entries({
  client: "client user browser app phone phones device mobile customer",
  cdn: "cdn edge",
  load_balancer: "loadbalancer lb nginx elb alb",
  gateway: "gateway gw",
  cache: "cache redis memcached caches",
  database: "database db postgres mysql cassandra dynamodb mongodb store storage sql nosql databases",
  queue: "queue kafka broker mq rabbitmq sqs stream topic log",
  worker: "worker workers consumer consumers job jobs",
  object_store: "s3 blob object bucket",
  search_index: "elasticsearch opensearch lucene index",
  coordinator: "zookeeper etcd consul coordinator",
  external: "apns fcm external",
  service: "service server svc api backend servers services",
}).map(([kind, words]) => [kind, new Set(words.split(" "))]);

const WORD = /[\p{L}\p{N}]+(?:['’]\p{L}+)?/gu;
const LOAD_BALANCER = /(?<![\p{L}\p{N}_])load[\s-]+balanc(?:er|ers|ing)(?![\p{L}\p{N}_])/gu;

/** What a part is by the words before any remark, else by its form; a plain box is taken for a service. */
export function kindOf(label, form = "") {
  const before = label.split(/[:,(]/, 1)[0].toLowerCase().replace(LOAD_BALANCER, "loadbalancer");
  const words = before.match(WORD) ?? [];
  const named = KIND_WORDS.find(([, known]) => words.some((word) => known.has(word.replace("’", "'"))));
  if (named) return named[0];
  return form === "rectangle" ? "service" : null;
}

/** The kind of this very name, as components of the library carry it. */
export function kindNamed(word) {
  return isKind(word) ? word : null;
}

/** A label as one line that can be stored and shown anywhere: no control characters, nothing endless. */
export function tidy(text) {
  const kept = [...text].slice(0, 2000).map((c) => (/\s/u.test(c) || !/[\p{Cc}\p{Cs}]/u.test(c) ? c : " "));
  return [...kept.join("").split(/\s+/u).filter(Boolean).join(" ")].slice(0, MAX_LABEL).join("").trim();
}
