package io.loadlock.python.filter;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.loadlock.python.project.Options;
import io.loadlock.python.project.PythonScan;
import io.loadlock.python.project.SourceTree;
import io.loadlock.python.sink.Sinks;
import io.loadlock.python.site.FileFacts;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SplittableRandom;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/// Generated projects, read whole and read through the filter: the same load sites.
class FilterLosesNothingTest {
  private static final int PROJECTS = 300;

  /// How a function that loads is got hold of, and what a call of it is; `L` stands for a fresh
  /// name.
  private static final String[][] LOADS = {
    {"import pickle", "pickle.load(f)"},
    {"import pickle as L", "L.loads(b)"},
    {"from pickle import load", "load(f)"},
    {"from pickle import load as L", "L(f)"},
    {"from torch import serialization as L", "L.load(p)"},
    {"import torch", "torch.load(p, weights_only=False)"},
    {"import torch.hub as L", "L.load_state_dict_from_url(u)"},
    {"import joblib", "joblib.load(p)"},
    {"import numpy as np", "np.load(p, allow_pickle=True)"},
    {"import pandas as L", "L.read_pickle(p)"},
    {"from six.moves import cPickle as L", "L.load(f)"},
    {"import importlib", "importlib.import_module('pickle').load(f)"},
    {"import importlib\nL = importlib.import_module('pick' + 'le')", "L.load(f)"},
    {"L = __import__('cPickle')", "L.load(f)"},
    {"import pickle\nL = getattr(pickle, 'lo' + 'ad')", "L(f)"},
    {"import torch\nL = getattr(torch, 'lo' 'ad')", "L(p)"},
    {"import joblib\nL = vars(joblib)['lo' + 'ad']", "L(p)"},
    {"import sys, pickle", "sys.modules['pickle'].load(f)"},
    {"import pickle", "globals()['pickle'].load(f)"},
    {"", "np.load(p, allow_pickle=True)"},
    {"", "pd.read_pickle(p)"},
    {"import zmq\nL = zmq.Context().socket(1)", "L.recv_pyobj()"},
    {"from sklearn.externals import joblib as L", "L.load(p)"},
    {"import multiprocessing.connection as L", "L.Client(p).recv()"},
    {"import modin.pandas as L", "L.read_pickle(p)"},
    {"import pickle", "pickle.Unpickler(f).load()"},
    {"import dill, functools\nL = functools.partial(dill.load)", "L(f)"},
    {"import shelve", "shelve.open(p)"},
    {"import pickle\nL = {'a': pickle.load}", "L['a'](f)"},
    {"import pickle\nL = [pickle.loads]", "list(map(pickle.loads, rows))"},
    {"from pickle import *", "load(f)"},
    {"import marshal as L", "L.loads(b)"},
  };

  private final SplittableRandom random = new SplittableRandom(20261124);
  private int fresh;

  @Test
  void scansTheSameAsWhenEverythingIsParsed() {
    int sites = 0;
    for (int i = 0; i < PROJECTS; i++) {
      Map<String, byte[]> files = project();
      List<String> thorough = sites(files, true);
      assertEquals(thorough, sites(files, false), () -> describe(files));
      sites += thorough.size();
    }
    assertTrue(sites > PROJECTS, "the projects do load: " + sites);
  }

  private static String describe(Map<String, byte[]> files) {
    StringBuilder text = new StringBuilder();
    files.forEach(
        (path, bytes) ->
            text.append("--- ")
                .append(path)
                .append('\n')
                .append(new String(bytes, StandardCharsets.UTF_8))
                .append('\n'));
    return text.toString();
  }

  private static List<String> sites(Map<String, byte[]> files, boolean thorough) {
    SourceTree tree =
        new SourceTree() {
          @Override
          public List<String> paths() {
            return List.copyOf(files.keySet());
          }

          @Override
          public byte[] read(String path) {
            return Objects.requireNonNull(files.get(path));
          }
        };
    Options usual = Options.of(Sinks.standard());
    Options options =
        new Options(
            usual.sinks(),
            usual.roots(),
            usual.disabledKinds(),
            thorough,
            usual.jobs(),
            usual.progress());
    List<String> sites = new ArrayList<>();
    for (FileFacts facts : PythonScan.scan(tree, options)) {
      facts.sites().forEach(site -> sites.add(site.location() + " " + site.callee()));
    }
    return sites;
  }

  private String pick(String... choices) {
    return choices[random.nextInt(choices.length)];
  }

  private String name() {
    return pick("fetch", "thaw", "restore", "get_model", "cache", "größe") + fresh++;
  }

  /// A few modules: loads, wrappers of loads, users of the wrappers, and files that load nothing.
  private Map<String, byte[]> project() {
    Map<String, byte[]> files = new TreeMap<>();
    List<String> wrappers = new ArrayList<>();
    int count = 1 + random.nextInt(4);
    for (int i = 0; i < count; i++) {
      StringBuilder source = new StringBuilder();
      String[] load = LOADS[random.nextInt(LOADS.length)];
      String alias = "L" + fresh++;
      String call = load[1].replaceAll("\\bL\\b", alias);
      source.append(load[0].replaceAll("\\bL\\b", alias)).append('\n');
      if (random.nextBoolean()) {
        String wrapper = name();
        source
            .append("def ")
            .append(wrapper)
            .append("(f, p=None, b=None, **k):\n    return ")
            .append(call)
            .append('\n');
        wrappers.add("m" + i + " import " + wrapper);
      } else {
        source.append("x = ").append(call).append('\n');
      }
      put(files, "m" + i, source.toString());
    }
    for (String wrapper : wrappers) {
      String module = wrapper.substring(0, wrapper.indexOf(' '));
      String function = wrapper.substring(wrapper.lastIndexOf(' ') + 1);
      String user = "u" + fresh++;
      if (files.containsKey(module + ".ipynb")) {
        continue;
      }
      put(
          files,
          user,
          random.nextBoolean()
              ? "from " + wrapper + " as w\ny = w(open(n))\n"
              : "import " + module + " as m\ny = m." + function + "(n)\n");
    }
    put(files, "z" + fresh++, "import json\ny = json.load(f)\n");
    return files;
  }

  /// Spells a source in one of the ways that Python reads alike, in one of the encodings.
  private void put(Map<String, byte[]> files, String module, String plain) {
    String source = spelled(plain);
    String line = random.nextInt(4) == 0 ? source.replace("\n", "\r\n") : source;
    switch (random.nextInt(8)) {
      case 0 -> encoded(files, module, line, "latin-1", StandardCharsets.ISO_8859_1);
      case 1 -> encoded(files, module, line, "cp1252", Charset.forName("windows-1252"));
      case 2 -> encoded(files, module, line, "gbk", Charset.forName("GBK"));
      case 3 -> files.put(module + ".py", ("\uFEFF" + line).getBytes(StandardCharsets.UTF_16LE));
      case 4 -> files.put(module + ".py", ("\uFEFF" + line).getBytes(StandardCharsets.UTF_8));
      case 5 -> files.put(module + ".ipynb", notebook(source));
      default -> files.put(module + ".py", line.getBytes(StandardCharsets.UTF_8));
    }
  }

  private void encoded(
      Map<String, byte[]> files, String module, String source, String cookie, Charset charset) {
    boolean can = charset.newEncoder().canEncode(source);
    String text = "# -*- coding: " + (can ? cookie : "utf-8") + " -*-\n" + source;
    files.put(module + ".py", text.getBytes(can ? charset : StandardCharsets.UTF_8));
  }

  private String spelled(String plain) {
    return switch (random.nextInt(6)) {
      case 0 -> plain.replace(".load", ". \\\n  load");
      case 1 -> plain.replace("pickle", "\uFF50ickle").replace("'\uFF50ickle'", "'pickle'");
      case 2 ->
          plain
              .replace("load", "lo\uFF41d")
              .replace("lo\uFF41d_state", "load_state")
              .replace("'lo\uFF41d", "'load");
      case 3 -> plain.replace(".", "\t.\t").replace("=", " = ");
      case 4 -> "# Grüße\n" + plain.replace("(f)", "( # why\n f\n )");
      default -> plain;
    };
  }

  /// A cell for each line at the left edge with what is below it; some letters as JSON escapes.
  private byte[] notebook(String source) {
    StringBuilder json = new StringBuilder("{\"cells\": [");
    String[] cells = source.split("\n(?=\\S)", 0);
    int escaped = random.nextInt(3);
    for (int i = 0; i < cells.length; i++) {
      json.append(i == 0 ? "" : ",\n").append("{\"cell_type\": \"code\", \"source\": \"");
      for (char c : cells[i].toCharArray()) {
        switch (c) {
          case '\n' -> json.append("\\n");
          case '"', '\\' -> json.append('\\').append(c);
          case '\t' -> json.append("\\t");
          default -> {
            if (escaped == 1 && c == 'p' || escaped == 2 && c > 127) {
              json.append("\\u%04x".formatted((int) c));
            } else {
              json.append(c);
            }
          }
        }
      }
      json.append("\"}");
    }
    return json.append("]}").toString().getBytes(StandardCharsets.UTF_8);
  }
}
