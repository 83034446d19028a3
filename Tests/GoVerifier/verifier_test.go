// SPDX-License-Identifier: Apache-2.0

package verifier

import (
	"bytes"
	"encoding/base64"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"golang.org/x/mod/sumdb/tlog"
)

// The folder that `LogProcess make` filled.
var folder = os.Getenv("VIGIL_LOG")

func read(t *testing.T, name string) []byte {
	t.Helper()
	data, err := os.ReadFile(filepath.Join(folder, name))
	if err != nil {
		t.Fatal(err)
	}
	return data
}

func public(path string) ([]byte, error) { return os.ReadFile(filepath.Join(folder, "public", path)) }

func policy(t *testing.T) Policy {
	t.Helper()
	var policy Policy
	for number, vkey := range strings.Fields(string(read(t, "keys"))) {
		verifier, err := Verifier(vkey)
		if err != nil {
			t.Fatal(err)
		}
		if number == 0 {
			policy.Log = verifier
		} else {
			policy.Witnesses = append(policy.Witnesses, verifier)
		}
	}
	policy.Quorum = 2
	return policy
}

func open(t *testing.T) tlog.Tree {
	t.Helper()
	tree, err := policy(t).Open(read(t, "public/checkpoint"))
	if err != nil {
		t.Fatal(err)
	}
	return tree
}

// altered changes one file of the log by one bit, at that place from its end.
func altered(name string, fromEnd int) Files {
	return func(path string) ([]byte, error) {
		data, err := public(path)
		if err == nil && path == name {
			data = append([]byte(nil), data...)
			data[len(data)-fromEnd] ^= 1
		}
		return data, err
	}
}

func TestEveryEntryLeadsToTheSignedRoot(t *testing.T) {
	tree := open(t)
	if tree.N < 1000 {
		t.Fatalf("a log of %d entries shows little", tree.N)
	}
	if err := CheckEverything(tree, public); err != nil {
		t.Fatal(err)
	}
}

func TestAnEditedEntryIsRefused(t *testing.T) {
	if CheckEverything(open(t), altered("tile/entries/001", 3)) == nil {
		t.Fatal("accepted")
	}
}

func TestInclusionAndConsistencyFromTiles(t *testing.T) {
	tree := open(t)
	old, err := policy(t).Open(read(t, "old-checkpoint"))
	if err != nil {
		t.Fatal(err)
	}
	proof, err := tlog.ProveTree(tree.N, old.N, Hashes(tree, public))
	if err != nil {
		t.Fatal(err)
	}
	if err := tlog.CheckTree(proof, tree.N, tree.Hash, old.N, old.Hash); err != nil {
		t.Fatal(err)
	}
	old.Hash[5] ^= 1
	if tlog.CheckTree(proof, tree.N, tree.Hash, old.N, old.Hash) == nil {
		t.Fatal("another past was accepted")
	}
	for _, index := range []int64{0, 255, 256, tree.N / 3, tree.N - 1} {
		if err := CheckIncluded(tree, index, public); err != nil {
			t.Fatal(index, err)
		}
	}
}

func TestAnEditedTileIsRefused(t *testing.T) {
	// The first hash of the tile is the sibling of entry 257.
	if CheckIncluded(open(t), 257, altered("tile/0/001", 8192)) == nil {
		t.Fatal("accepted")
	}
}

func TestProofs(t *testing.T) {
	names, err := filepath.Glob(filepath.Join(folder, "proof-*.tlog-proof"))
	if err != nil || len(names) < 5 {
		t.Fatal(names, err)
	}
	for _, path := range names {
		name := filepath.Base(path)
		index := strings.TrimSuffix(strings.TrimPrefix(name, "proof-"), ".tlog-proof")
		proof, entry := read(t, name), read(t, "entry-"+index)
		if err := policy(t).CheckProof(proof, entry); err != nil {
			t.Fatal(name, err)
		}
		other := append([]byte(nil), entry...)
		other[len(other)-2] ^= 1
		if policy(t).CheckProof(proof, other) == nil {
			t.Fatal(name, "proves another entry")
		}
		moved := bytes.Replace(proof, []byte("index "+index+"\n"), []byte("index 7\n"), 1)
		if policy(t).CheckProof(moved, entry) == nil {
			t.Fatal(name, "proves another place")
		}
	}
}

func TestTamperedCheckpointsAreRefused(t *testing.T) {
	checkpoint := string(read(t, "public/checkpoint"))
	lines := strings.SplitAfter(checkpoint, "\n")
	size := strings.TrimSpace(lines[1])
	tampered := map[string]string{
		"another size":   strings.Replace(checkpoint, size, size+"0", 1),
		"another origin": strings.Replace(checkpoint, lines[0], "go.example/other\n", 1),
		"another root":   strings.Replace(checkpoint, lines[2], base64.StdEncoding.EncodeToString(make([]byte, 32))+"\n", 1),
		"no witness":     strings.Join(lines[:5], ""),
		"one witness":    strings.Join(lines[:6], ""),
		"no log":         strings.Join(append(append([]string{}, lines[:4]...), lines[5:]...), ""),
	}
	for what, text := range tampered {
		if text == checkpoint {
			t.Fatal(what, "changed nothing")
		}
		if _, err := policy(t).Open([]byte(text)); err == nil {
			t.Fatal(what, "accepted")
		}
	}
	// A cosignature of another time isn't the witness's.
	for number := 5; number < len(lines)-1; number++ {
		words := strings.Fields(lines[number])
		signature, err := base64.StdEncoding.DecodeString(words[2])
		if err != nil {
			t.Fatal(err)
		}
		signature[11] ^= 1
		words[2] = base64.StdEncoding.EncodeToString(signature)
		text := strings.Replace(checkpoint, lines[number], strings.Join(words, " ")+"\n", 1)
		if _, err := policy(t).Open([]byte(text)); err == nil {
			t.Fatal("a cosignature of another time was accepted")
		}
	}
}
