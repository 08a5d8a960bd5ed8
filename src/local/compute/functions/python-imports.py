"""Finds the modules that a Python function would look for in vain, without running any of it.

Reads a list of jobs from standard input: {"task": folder, "layers": [folder], "handler": "folder/module.function",
"brought": [top-level modules that are there besides]}. Answers for each: {"missing": [{"module", "file", "line"}],
"lazy": the same for imports that only run in a function, a condition or a try, "brought": the modules that are asked
for and that the bundle does not have, "wrong": [text]}. Run by the interpreter that will run the function.
"""
import ast
import importlib.machinery
import json
import os
import sys

standard = [path for path in sys.path[1:] if path]
version = "python%d.%d" % sys.version_info[:2]
find = importlib.machinery.PathFinder.find_spec


def is_standard(name):
    return name in sys.builtin_module_names or find(name, standard) is not None


def makes_modules(spec):
    """A package that fills in its submodules while it runs."""
    try:
        with open(spec.origin, "rb") as file:
            text = file.read()
        return b"sys.modules" in text or b"__path__" in text
    except (OSError, TypeError):
        return True


def statements(body, lazy):
    """(node, lazy) of every import below."""
    for node in body:
        if isinstance(node, (ast.Import, ast.ImportFrom)):
            yield node, lazy
        elif isinstance(node, ast.ClassDef):
            yield from statements(node.body, lazy)
        elif isinstance(node, (ast.Try, getattr(ast, "TryStar", ast.Try))):
            caught = bool(node.handlers)
            yield from statements(node.body, lazy or caught)
            yield from statements(node.orelse, lazy or caught)
            for handler in node.handlers:
                yield from statements(handler.body, True)
            yield from statements(node.finalbody, lazy)
        elif isinstance(node, ast.If) and is_type_checking(node.test):
            yield from statements(node.orelse, lazy)
        else:
            for field in ("body", "orelse"):
                inner = getattr(node, field, None)
                if isinstance(inner, list):
                    yield from statements(inner, True)
            for case in getattr(node, "cases", ()):
                yield from statements(case.body, True)


def is_type_checking(test):
    return "TYPE_CHECKING" in (getattr(test, "id", None), getattr(test, "attr", None))


def defined(body):
    """Names that a module has after its body; None when that cannot be told."""
    names = set()
    for node in body:
        if isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef)):
            names.add(node.name)
        elif isinstance(node, ast.ImportFrom) and node.names[0].name == "*":
            return None
        elif isinstance(node, (ast.Import, ast.ImportFrom)):
            names.update((alias.asname or alias.name).split(".")[0] for alias in node.names)
        for part in ast.walk(node) if not isinstance(node, (ast.FunctionDef, ast.ClassDef)) else ():
            if isinstance(part, ast.Name) and isinstance(part.ctx, ast.Store):
                names.add(part.id)
            elif isinstance(part, (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef)):
                names.add(part.name)
            elif isinstance(part, ast.Call) and getattr(part.func, "id", "") in ("globals", "exec", "setattr"):
                return None
    return None if "__getattr__" in names else names


class Job:
    def __init__(self, job):
        self.task = job["task"]
        self.handler = job["handler"]
        self.known = set(job["brought"])
        self.paths = [self.task]
        for layer in job["layers"]:
            self.paths.append(os.path.join(layer, "python", "lib", version, "site-packages"))
            self.paths.append(os.path.join(layer, "python"))
        self.missing, self.lazy, self.brought, self.wrong = [], [], set(), []
        self.seen = {}
        self.specs = {}

    def spec(self, name):
        """Of a module of the bundle or a layer, found without running its packages."""
        if name not in self.specs:
            parent, _, _ = name.rpartition(".")
            if not parent:
                self.specs[name] = find(name, self.paths)
            else:
                above = self.spec(parent)
                places = above and above.submodule_search_locations
                self.specs[name] = find(name, list(places)) if places else None
        return self.specs[name]

    def other_build(self, name):
        for path in self.paths:
            for found in os.listdir(path) if os.path.isdir(path) else ():
                if found.startswith(name + ".") and found.endswith((".so", ".pyd", ".dylib")):
                    return found
        return None

    def visit(self, name, lazy):
        """Follows a module of the bundle."""
        if self.seen.get(name, True) is False or (lazy and name in self.seen):
            return
        self.seen[name] = lazy
        spec = self.spec(name)
        if spec is None or not spec.origin or not spec.origin.endswith(".py"):
            return
        try:
            with open(spec.origin, "rb") as file:
                tree = ast.parse(file.read(), spec.origin)
        except (SyntaxError, ValueError, RecursionError) as error:
            if not lazy and isinstance(error, SyntaxError):
                line = "%s:%s: %s" % (os.path.relpath(spec.origin, self.task), error.lineno, error.msg)
                self.wrong.append("Python %d.%d does not understand " % sys.version_info[:2] + line)
            return
        package = name if spec.submodule_search_locations else name.rpartition(".")[0]
        for node, is_lazy in statements(tree.body, lazy):
            self.follow(node, is_lazy, package, spec.origin)
        return tree

    def follow(self, node, lazy, package, file):
        if isinstance(node, ast.Import):
            for alias in node.names:
                self.need(alias.name, lazy, file, node.lineno)
            return
        base = node.module or ""
        if node.level:
            parts = package.split(".")
            parts = parts[: len(parts) - node.level + 1]
            base = ".".join(parts + ([base] if base else []))
        if not base:
            return
        if self.need(base, lazy, file, node.lineno):
            for alias in node.names:
                if alias.name != "*" and self.spec(base + "." + alias.name) is not None:
                    self.visit(base + "." + alias.name, lazy)

    def need(self, name, lazy, file, line):
        """Whether the bundle has it."""
        top = name.split(".")[0]
        if self.spec(top) is None:
            if is_standard(top):
                return False
            if top in self.known:
                self.brought.add(top)
                return False
            self.report(top, lazy, file, line)
            return False
        parts = name.split(".")
        for length in range(1, len(parts) + 1):
            part = ".".join(parts[:length])
            if self.spec(part) is None:
                above = self.spec(".".join(parts[: length - 1]))
                # A compiled module has no submodules that could be looked for.
                if above is not None and above.submodule_search_locations is not None:
                    self.report(part, lazy or makes_modules(above), file, line)
                return False
            self.visit(part, lazy)
        return True

    def report(self, module, lazy, file, line):
        if file.startswith(self.task):
            file = os.path.relpath(file, self.task)
        entry = {"module": module, "file": file, "line": line}
        built = self.other_build(module)
        if built:
            entry["built"] = built
        (self.lazy if lazy else self.missing).append(entry)

    def run(self):
        module, _, function = self.handler.rpartition(".")
        name = module.replace("/", ".")
        if self.spec(name.split(".")[0]) is None or self.spec(name) is None:
            self.wrong.append("Unable to import module '%s': the bundle has no such file" % module)
        else:
            parts = name.split(".")
            for length in range(1, len(parts)):
                self.visit(".".join(parts[:length]), False)
            tree = self.visit(name, False)
            names = tree and defined(tree.body)
            if names is not None and function not in names:
                self.wrong.append("Handler '%s' missing on module '%s'" % (function, module))
        return {
            "missing": self.missing,
            "lazy": self.lazy,
            "brought": sorted(self.brought),
            "wrong": self.wrong,
        }


sys.setrecursionlimit(10000)
json.dump([Job(job).run() for job in json.load(sys.stdin)], sys.stdout)
