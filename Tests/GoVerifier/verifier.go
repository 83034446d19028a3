// SPDX-License-Identifier: Apache-2.0

// Package verifier checks a log with other people's code: Go's sumdb/note and sumdb/tlog. Written from the C2SP specifications;
// what is ours is what those packages don't know: where C2SP puts tiles, and cosignature/v1.
package verifier

import (
	"bytes"
	"crypto/ed25519"
	"crypto/sha256"
	"encoding/base64"
	"encoding/binary"
	"errors"
	"fmt"
	"strconv"
	"strings"

	"golang.org/x/mod/sumdb/note"
	"golang.org/x/mod/sumdb/tlog"
)

// Files reads a file of the log by its path below the prefix.
type Files func(path string) ([]byte, error)

// cosigner verifies signatures of type 0x04 (tlog-cosignature), which sumdb/note doesn't have.
type cosigner struct {
	name string
	hash uint32
	key  ed25519.PublicKey
}

func (c cosigner) Name() string    { return c.name }
func (c cosigner) KeyHash() uint32 { return c.hash }

// Verify takes u64be timestamp || Ed25519 signature over "cosignature/v1", the time and the note's text.
func (c cosigner) Verify(text, signature []byte) bool {
	if len(signature) != 8+ed25519.SignatureSize {
		return false
	}
	time := binary.BigEndian.Uint64(signature)
	message := append([]byte(fmt.Sprintf("cosignature/v1\ntime %d\n", time)), text...)
	return time > 0 && ed25519.Verify(c.key, message, signature[8:])
}

// Verifier reads a vkey of type 0x01 or 0x04.
func Verifier(vkey string) (note.Verifier, error) {
	parts := strings.SplitN(vkey, "+", 3)
	if len(parts) != 3 {
		return nil, errors.New("no vkey")
	}
	key, err := base64.StdEncoding.DecodeString(parts[2])
	if err != nil || len(key) != 33 {
		return nil, errors.New("no key")
	}
	if key[0] != 4 {
		return note.NewVerifier(vkey)
	}
	digest := sha256.Sum256(append([]byte(parts[0]+"\n"), key...))
	hash := binary.BigEndian.Uint32(digest[:])
	if fmt.Sprintf("%08x", hash) != parts[1] {
		return nil, errors.New("wrong id")
	}
	return cosigner{parts[0], hash, ed25519.PublicKey(key[1:])}, nil
}

// Policy is a log, its witnesses, and how many of them it takes.
type Policy struct {
	Log       note.Verifier
	Witnesses []note.Verifier
	Quorum    int
}

// Open checks a checkpoint's signatures and gives the tree that it names.
func (p Policy) Open(checkpoint []byte) (tlog.Tree, error) {
	opened, err := note.Open(checkpoint, note.VerifierList(append([]note.Verifier{p.Log}, p.Witnesses...)...))
	if err != nil {
		return tlog.Tree{}, err
	}
	isLogged, witnesses := false, map[uint32]bool{}
	for _, signature := range opened.Sigs {
		if signature.Name == p.Log.Name() && signature.Hash == p.Log.KeyHash() {
			isLogged = true
		} else {
			witnesses[signature.Hash] = true
		}
	}
	if !isLogged {
		return tlog.Tree{}, errors.New("not signed by the log")
	}
	if len(witnesses) < p.Quorum {
		return tlog.Tree{}, fmt.Errorf("cosigned by %d", len(witnesses))
	}
	lines := strings.Split(opened.Text, "\n")
	if len(lines) != 4 || lines[0] != p.Log.Name() {
		return tlog.Tree{}, errors.New("not this log's checkpoint")
	}
	size, err := strconv.ParseInt(lines[1], 10, 64)
	if err != nil {
		return tlog.Tree{}, err
	}
	root, err := tlog.ParseHash(lines[2])
	return tlog.Tree{N: size, Hash: root}, err
}

// tiles gives sumdb/tlog the tiles where C2SP tlog-tiles has them: tile/<L>/<N> for its tile/8/<L>/<N>.
type tiles struct{ files Files }

func (t tiles) Height() int                     { return 8 }
func (t tiles) SaveTiles([]tlog.Tile, [][]byte) {}

func (t tiles) ReadTiles(wanted []tlog.Tile) ([][]byte, error) {
	var all [][]byte
	for _, tile := range wanted {
		data, err := t.files(strings.Replace(tile.Path(), "tile/8/", "tile/", 1))
		if err != nil {
			return nil, err
		}
		all = append(all, data)
	}
	return all, nil
}

// Hashes is the log's tree out of its tiles; what is read is checked against the root.
func Hashes(tree tlog.Tree, files Files) tlog.HashReader {
	return tlog.TileHashReader(tree, tiles{files})
}

// CheckIncluded proves an entry of a bundle out of the tiles, and checks the proof against the root. Tiles that sumdb/tlog read and
// didn't compare with their parents (it skips some in version 0.7.0) are judged by this.
func CheckIncluded(tree tlog.Tree, index int64, files Files) error {
	proof, err := tlog.ProveRecord(tree.N, index, Hashes(tree, files))
	if err != nil {
		return err
	}
	entries, err := Bundle(tree, index/256, files)
	if err != nil {
		return err
	}
	return tlog.CheckRecord(proof, tree.N, tree.Hash, index, tlog.RecordHash(entries[index%256]))
}

// Bundle reads the entries of a bundle (C2SP tlog-tiles): each has its length in front, two bytes.
func Bundle(tree tlog.Tree, number int64, files Files) ([][]byte, error) {
	// sumdb calls them "data" tiles.
	tile := tlog.Tile{H: 8, L: -1, N: number, W: 256}
	if tree.N-256*number < 256 {
		tile.W = int(tree.N - 256*number)
	}
	bundle, err := files(strings.Replace(tile.Path(), "tile/8/data/", "tile/entries/", 1))
	if err != nil {
		return nil, err
	}
	var entries [][]byte
	for len(entries) < tile.W {
		if len(bundle) < 2 || len(bundle) < 2+int(binary.BigEndian.Uint16(bundle)) {
			return nil, errors.New("bundle too short")
		}
		end := 2 + int(binary.BigEndian.Uint16(bundle))
		entries = append(entries, bundle[2:end])
		bundle = bundle[end:]
	}
	if len(bundle) != 0 {
		return nil, errors.New("bundle too long")
	}
	return entries, nil
}

// CheckEverything reads all entries and computes the root from nothing else.
func CheckEverything(tree tlog.Tree, files Files) error {
	var stored []tlog.Hash
	reader := tlog.HashReaderFunc(func(indexes []int64) ([]tlog.Hash, error) {
		var hashes []tlog.Hash
		for _, index := range indexes {
			hashes = append(hashes, stored[index])
		}
		return hashes, nil
	})
	count := int64(0)
	for number := int64(0); 256*number < tree.N; number++ {
		entries, err := Bundle(tree, number, files)
		if err != nil {
			return err
		}
		for _, entry := range entries {
			hashes, err := tlog.StoredHashes(count, entry, reader)
			if err != nil {
				return err
			}
			stored = append(stored, hashes...)
			count++
		}
	}
	root, err := tlog.TreeHash(count, reader)
	if err != nil {
		return err
	}
	if root != tree.Hash {
		return errors.New("the entries lead to another root")
	}
	return nil
}

// CheckProof takes a .tlog-proof (C2SP tlog-proof) and the entry that it is about.
func (p Policy) CheckProof(proof, entry []byte) error {
	head, checkpoint, found := bytes.Cut(proof, []byte("\n\n"))
	if !found {
		return errors.New("no checkpoint")
	}
	lines := strings.Split(string(head), "\n")
	if len(lines) < 2 || lines[0] != "c2sp.org/tlog-proof@v1" || !strings.HasPrefix(lines[1], "index ") {
		return errors.New("no tlog-proof")
	}
	index, err := strconv.ParseInt(strings.TrimPrefix(lines[1], "index "), 10, 64)
	if err != nil {
		return err
	}
	var hashes tlog.RecordProof
	for _, line := range lines[2:] {
		hash, err := tlog.ParseHash(line)
		if err != nil {
			return err
		}
		hashes = append(hashes, hash)
	}
	tree, err := p.Open(checkpoint)
	if err != nil {
		return err
	}
	return tlog.CheckRecord(hashes, tree.N, tree.Hash, index, tlog.RecordHash(entry))
}
