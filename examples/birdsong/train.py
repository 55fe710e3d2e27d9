"""Training: python -m birdsong.train --resume runs/17/last.pt"""
import argparse

import torch
from torch import nn

from .checkpoints import load_checkpoint, load_encoder, save_checkpoint


class Classifier(nn.Module):
    def __init__(self, species):
        super().__init__()
        self.encoder = nn.Linear(16, 8)
        self.head = nn.Linear(8, species)

    def forward(self, spectrum):
        return self.head(torch.relu(self.encoder(spectrum)))


def resume(model, optimizer, path):
    # The optimizer's state has Python objects, so this run trusts its own files.
    state = load_checkpoint(path, trusted=True)
    model.load_state_dict(state["model"])
    optimizer.load_state_dict(state["optimizer"])
    return state["epoch"]


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--resume")
    parser.add_argument("--epochs", type=int, default=10)
    options = parser.parse_args()

    model = Classifier(species=24)
    model.encoder.load_state_dict(load_encoder())
    optimizer = torch.optim.Adam(model.parameters())
    first = resume(model, optimizer, options.resume) if options.resume else 0
    for epoch in range(first, options.epochs):
        state = {"model": model.state_dict(), "optimizer": optimizer.state_dict(), "epoch": epoch}
        save_checkpoint(state, "runs/last.pt")


if __name__ == "__main__":
    main()
