"""Saving and loading of training state."""
from pathlib import Path

import torch

MODELS = Path(__file__).parent.parent / "models"


def load_checkpoint(path, trusted=False, device="cpu"):
    """Loads a checkpoint. What it may do is for the caller to say."""
    return torch.load(path, map_location=device, weights_only=not trusted)


def load_encoder(device="cpu"):
    """The encoder that is shipped with the package."""
    return load_checkpoint(MODELS / "encoder.pt", device=device)


def save_checkpoint(state, path):
    torch.save(state, path)
