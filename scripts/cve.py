#!/usr/bin/env python3
"""./dev cve [FOLDER [PLACE]]: published vulnerabilities of projects that load models, scanned for real.

Has pip unpack each project's source distribution at the last vulnerable and the first fixed version, or git fetch
the fixing commit from OWNER/REPOSITORY below PLACE (default: GitHub), into FOLDER (default: beside the built
program), scans both without running anything of them, and compares with the expectations below: the vulnerable load is reported, with its way from
outside; of the fixed version it is not.
"""

import json
import pathlib
import subprocess
import sys

ROOT = pathlib.Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT / "scripts"))
import oracle_pins  # noqa: E402

# id, project, vulnerable, fixed, folder in the distribution, file, functions, origin, silent when fixed
CVES = [
    ("CVE-2025-24357", "vllm", "0.6.6", "0.7.0", "vllm",
     "vllm/model_executor/model_loader/weight_utils.py", "pt_weights_iterator", "hub", True),
    ("CVE-2025-24357", "vllm", "0.6.6", "0.7.0", "vllm",
     "vllm/model_executor/model_loader/weight_utils.py", "np_cache_weights_iterator", "hub", True),
    ("CVE-2025-53002", "llamafactory", "0.9.3", "hiyouga/LLaMA-Factory@2c26ce6", "src",
     "src/llamafactory/model/model_utils/valuehead.py", "load_valuehead_params", "hub", True),
    ("CVE-2025-32444", "vllm", "0.8.4", "0.8.5", "vllm",
     "vllm/distributed/kv_transfer/kv_pipe/mooncake_pipe.py", "MooncakeTransferEngine.recv_bytes",
     "network", True),
    ("CVE-2025-32444", "vllm", "0.8.4", "0.8.5", "vllm",
     "vllm/distributed/kv_transfer/kv_pipe/mooncake_pipe.py", "MooncakeTransferEngine.wait_for_ack",
     "network", True),
    ("CVE-2025-29783", "vllm", "0.7.3", "0.8.0", "vllm",
     "vllm/distributed/kv_transfer/kv_pipe/mooncake_pipe.py", "MooncakePipe._recv_impl",
     "unknown", True),
    ("CVE-2024-39705", "nltk", "3.8.1", "3.9.1", "nltk", "nltk/data.py", "load", "network", True),
    ("CVE-2024-3568", "transformers", "4.37.2", "4.38.0", "src",
     "src/transformers/modeling_tf_utils.py", "TFPreTrainedModel.load_repo_checkpoint", "hub",
     True),
    ("CVE-2024-34072", "sagemaker", "2.217.0", "2.218.0", "src",
     "src/sagemaker/base_deserializers.py", "NumpyDeserializer.deserialize", "network", True),
    ("CVE-2025-58756", "monai", "1.5.0", "1.5.1", "monai",
     "monai/handlers/checkpoint_loader.py", "CheckpointLoader.__call__", "unknown", True),
    ("CVE-2025-58757", "monai", "1.5.0", "1.5.1", "monai",
     "monai/data/utils.py", "pickle_operations", "constant", True),
    ("CVE-2023-6730", "transformers", "4.35.2", "4.36.0", "src",
     "src/transformers/models/rag/retrieval_rag.py", "LegacyIndex._load_passages", "network", False),
    ("CVE-2025-27520", "bentoml", "1.4.2", "1.4.3", "src",
     "src/_bentoml_impl/serde.py", "PickleSerde.deserialize_value", "network", False),
    ("CVE-2024-12029", "invokeai", "5.3.1", "5.4.3", "invokeai",
     "invokeai/backend/model_manager/util/model_util.py", "read_checkpoint_meta", "environment",
     False),
    ("CVE-2024-9701", "kedro", "0.19.8", "0.19.9", "kedro",
     "kedro/framework/session/shelvestore.py", "ShelveStore.read", "unknown", True),
]


def sources(folder: pathlib.Path, place: str, project: str, version: str) -> pathlib.Path:
    """The unpacked sources of a release, or of a commit."""
    repository, _, commit = version.rpartition("@")
    if not repository:
        _, empty = oracle_pins.scratch(folder)
        unpacked = oracle_pins.sources(folder, empty, f"{project}=={version}")
        if unpacked is None:
            raise OSError("pip unpacked no source distribution")
        return unpacked
    return oracle_pins.commit(folder, place, repository, commit)


def findings(root: pathlib.Path, folder: str) -> list:
    run = subprocess.run(
        [ROOT / "loadlock", "scan", folder, "--format", "json"],
        cwd=root, capture_output=True, text=True, check=False)
    if run.returncode not in (0, 1, 3):
        raise SystemExit(run.stderr)
    return json.loads(run.stdout)["findings"]


def main() -> int:
    folder = pathlib.Path(sys.argv[1]) if len(sys.argv) > 1 else ROOT / ".loadlock" / "cve"
    place = sys.argv[2] if len(sys.argv) > 2 else oracle_pins.GITHUB
    scanned = {}
    wrong = 0
    for cve, project, vulnerable, fixed, part, path, function, origin, silent in CVES:
        found = {}
        for version in (vulnerable, fixed):
            if (project, version) not in scanned:
                try:
                    root = sources(folder, place, project, version)
                except (OSError, subprocess.CalledProcessError) as error:
                    print(f"      {project} {version} could not be fetched: {error}")
                    scanned[project, version] = None
                    continue
                scanned[project, version] = findings(root, part)
            if scanned[project, version] is None:
                continue
            found[version] = [
                one for one in scanned[project, version]
                if one["location"]["path"] == path
                and one["properties"].get("function") == function]
        if len(found) < 2:
            wrong += 1
            print(f"?     {cve} {project}: not compared")
            continue
        before = found[vulnerable]
        said = "not reported"
        if before:
            flows = before[0].get("flows") or []
            said = before[0]["properties"]["origin"]
            if flows:
                step = flows[0][0]["location"]
                said += f", from {step['path']}:{step['startLine']} in {len(flows[0])} steps"
        right = bool(before) and before[0]["properties"]["origin"] == origin
        right = right and (origin in ("unknown", "constant") or bool(before[0].get("flows")))
        right = right and (not found[fixed]) == silent
        wrong += not right
        print(f"{'ok   ' if right else 'WRONG'} {cve} {project} {vulnerable} {path} {function}: {said};"
              f" {fixed}: {'silent' if not found[fixed] else 'still there'}")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
